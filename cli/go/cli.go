//go:build tools

// Package engine names the command that go.mod pins: the Pulumi CLI, built where no official download can be had.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
