// The Pulumi Kubernetes provider as its module has it, with the schema that the module ships. The build copies the two files beside this one.
package main

import (
	_ "embed"
	"encoding/json"
	"log"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

//go:embed schema.json
var schemaFile []byte

//go:embed terraform-mapping.json
var terraformMapping []byte

func main() {
	var schema map[string]any
	if err := json.Unmarshal(schemaFile, &schema); err != nil {
		log.Fatal(err)
	}
	schema["version"] = version.Version
	versioned, err := json.Marshal(schema)
	if err != nil {
		log.Fatal(err)
	}
	provider.Serve("kubernetes", version.Version, versioned, terraformMapping)
}
