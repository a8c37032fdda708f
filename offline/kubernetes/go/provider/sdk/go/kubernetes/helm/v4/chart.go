// Package v4 has the types of the two object arguments of the component Chart.
package v4

import (
	"reflect"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// RepositoryOpts says where a chart is found and how to log in there.
type RepositoryOpts struct {
	CaFile   pulumi.AssetOrArchive `pulumi:"caFile"`
	CertFile pulumi.AssetOrArchive `pulumi:"certFile"`
	KeyFile  pulumi.AssetOrArchive `pulumi:"keyFile"`
	Password *string               `pulumi:"password"`
	Repo     *string               `pulumi:"repo"`
	Username *string               `pulumi:"username"`
}

// RepositoryOptsInput accepts a RepositoryOptsOutput.
type RepositoryOptsInput interface {
	pulumi.Input
	repositoryOpts()
}

// RepositoryOptsOutput is a RepositoryOpts that may not be known yet.
type RepositoryOptsOutput struct{ *pulumi.OutputState }

// ElementType is the type of the resolved value.
func (RepositoryOptsOutput) ElementType() reflect.Type { return reflect.TypeFor[RepositoryOpts]() }

func (RepositoryOptsOutput) repositoryOpts() {}

// PostRenderer is a command that changes the manifests of a chart before they are applied.
type PostRenderer struct {
	Args    []string `pulumi:"args"`
	Command string   `pulumi:"command"`
}

// PostRendererInput accepts a PostRendererOutput.
type PostRendererInput interface {
	pulumi.Input
	postRenderer()
}

// PostRendererOutput is a PostRenderer that may not be known yet.
type PostRendererOutput struct{ *pulumi.OutputState }

// ElementType is the type of the resolved value.
func (PostRendererOutput) ElementType() reflect.Type { return reflect.TypeFor[PostRenderer]() }

func (PostRendererOutput) postRenderer() {}

func init() {
	pulumi.RegisterInputType(reflect.TypeFor[RepositoryOptsInput](), RepositoryOptsOutput{})
	pulumi.RegisterInputType(reflect.TypeFor[PostRendererInput](), PostRendererOutput{})
	pulumi.RegisterOutputType(RepositoryOptsOutput{})
	pulumi.RegisterOutputType(PostRendererOutput{})
}
