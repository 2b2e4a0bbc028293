package spec

// programCache keeps the programs of a template.
type programCache struct{}
