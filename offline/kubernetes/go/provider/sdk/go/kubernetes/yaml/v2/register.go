// Package v2 registers the objects that the components ConfigFile, ConfigGroup and Chart find in manifests.
package v2

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Object is a Kubernetes object of any kind. Its outputs are the parts that every object has.
type Object struct {
	pulumi.CustomResourceState

	APIVersion pulumi.StringPtrOutput `pulumi:"apiVersion"`
	Kind       pulumi.StringPtrOutput `pulumi:"kind"`
	Metadata   pulumi.AnyOutput       `pulumi:"metadata"`
}

// RegisterResource registers an object under the type token of its API version and kind: kubernetes:apps/v1:Deployment, kubernetes:core/v1:Pod.
func RegisterResource(
	ctx *pulumi.Context, apiVersion, kind, name string, props pulumi.Input, opts ...pulumi.ResourceOption,
) (pulumi.CustomResource, error) {
	if apiVersion == "v1" {
		apiVersion = "core/v1"
	}
	var object Object
	if err := ctx.RegisterResource(fmt.Sprintf("kubernetes:%s:%s", apiVersion, kind), name, props, &object, opts...); err != nil {
		return nil, err
	}
	return &object, nil
}
