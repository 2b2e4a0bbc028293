package load

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// Token is a token of a demonstration, and what is known of its bearer.
type Token struct {
	Subject string `json:"subject"`
	Account string `json:"account"`
	Role    string `json:"role"`
	Kind    Kind   `json:"kind"`
	Token   string `json:"token"`
}

// Kind is what is wrong with a token, if anything is.
type Kind string

// The kinds of tokens. Forged ones are made here, of valid ones.
const (
	Valid   Kind = "valid"
	Expired Kind = "expired"
	Foreign Kind = "foreign" // signed with a key that the service does not know
	Forged  Kind = "forged"
)

// File is what a demonstration leaves for Run.
type File struct {
	URL    string  `json:"url"`
	Tokens []Token `json:"tokens"`
}

// Write stores the file such that nobody else can read it.
func (f File) Write(path string) error {
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".tokens-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name()) // gone already where all went well
	if _, err := temporary.Write(data); err != nil {
		temporary.Close()
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}

func read(path string) (f File, err error) {
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	return f, err
}
