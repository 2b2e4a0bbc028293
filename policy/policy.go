package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Policy is a policy that was read and found sound. It never changes and may be
// used by any number of goroutines at once. The nil Policy has no roles.
type Policy struct {
	name      string
	version   string
	parts     []roles.Part
	claims    *spec.Schema
	resources []Resource
	endpoints map[string]int // to the resource
}

// Resource is a kind of row, as a policy declares it.
type Resource struct {
	Name      string
	Endpoints []string     // that are about such rows
	Key       string       // the field that names a row; may be one that the schema does not have
	Schema    *spec.Schema // what fields a row has
}

// MaxSize is the longest policy that is read, in bytes.
const MaxSize = document.MaxBytes

// Parse reads a policy: JSON where it begins with a brace, YAML otherwise. The name
// is for errors. What is wrong is an [Errors], all of it that was found, and the
// policy with it is nil.
func Parse(name string, data []byte) (*Policy, error) {
	f := document.Read(data)
	var d document.Document
	f.Decode(&d)
	if len(f.Problems) > 0 {
		return nil, errorsOf(name, f) // what is missing would be reported again
	}
	b := builder{file: f, name: name, document: &d}
	p := b.policy()
	if err := errorsOf(name, f); err != nil {
		return nil, err
	}
	p.name, p.version = name, versionOf(data)
	return p, nil
}

func versionOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// ReadFile reads the policy in a file.
func ReadFile(path string) (*Policy, error) {
	text, err := fileAt(path).read()
	if err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	return Parse(path, text.Data)
}

// Load returns the service of the policy in a file, for payloads of type P. To
// follow the file as it changes, use [Watch].
func Load[P roles.Payload](path string) (*roles.Service[P], error) {
	p, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	return NewService[P](p)
}

// NewService returns the service of the policy for payloads of type P: a struct
// whose fields are claims by their JSON names, or a map such as [Claims]. A claim
// that a rule names and P does not have, or has with another type than the policy
// declares, is an error that wraps [roles.ErrPolicy] and says where the rule is.
func NewService[P roles.Payload](p *Policy) (*roles.Service[P], error) {
	if p == nil {
		return nil, fmt.Errorf("%w: there is none", roles.ErrPolicy)
	}
	return roles.NewService[P](p.parts...)
}

// Name returns the name that the policy was read under.
func (p *Policy) Name() string {
	if p == nil {
		return ""
	}
	return p.name
}

// Version returns what tells this policy from any other: 16 hexadecimal digits of
// the SHA-256 of its text. Services report it, so that a fleet can be compared.
func (p *Policy) Version() string {
	if p == nil {
		return ""
	}
	return p.version
}

// Claims returns the claims that the policy declares; nil where it declares none,
// and rules may name any.
func (p *Policy) Claims() *spec.Schema {
	if p == nil {
		return nil
	}
	return p.claims
}

// Resources yields the resources in the order of the file.
func (p *Policy) Resources() iter.Seq[Resource] {
	return func(yield func(Resource) bool) {
		if p == nil {
			return
		}
		for _, r := range p.resources {
			r.Endpoints = slices.Clone(r.Endpoints)
			if !yield(r) {
				return
			}
		}
	}
}

// Resource returns the resource that an endpoint is about. A policy need not
// declare resources, and then there is none.
func (p *Policy) Resource(endpoint string) (Resource, bool) {
	if p == nil {
		return Resource{}, false
	}
	i, ok := p.endpoints[endpoint]
	if !ok {
		return Resource{}, false
	}
	r := p.resources[i]
	r.Endpoints = slices.Clone(r.Endpoints)
	return r, true
}
