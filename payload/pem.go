package payload

import (
	"bytes"
	"encoding/pem"
	"fmt"
)

// maxPEM bounds a key in PEM, in bytes. An RSA private key of 16,384 bits has less than
// half of it.
const maxPEM = 32 << 10

// ParsePEM makes a key for the algorithm of one PEM block: a public key (PKIX "PUBLIC KEY",
// PKCS#1 "RSA PUBLIC KEY", or that of an X.509 "CERTIFICATE"), or a private key (PKCS#8
// "PRIVATE KEY", PKCS#1 "RSA PRIVATE KEY", SEC 1 "EC PRIVATE KEY"), which also signs.
//
// Of a certificate the public key counts and nothing else: its dates, names and issuer
// are not checked, so it is to be trusted as a bare public key from the same place is.
//
// The error wraps [ErrKey] for a key that is not of the algorithm or too weak for it (see
// [RSAKey], [ECDSAKey], [Ed25519Key]), a block that is encrypted, of another type or with
// headers, more than one block, anything but white space around it, and more than 32 KiB.
// It holds nothing of data.
func ParsePEM(alg Algorithm, data []byte, opts ...KeyOption) (Key, error) {
	block, err := onlyBlock(data)
	if err != nil {
		return Key{}, err
	}
	material, err := parseBlock(block)
	if err != nil {
		return Key{}, err
	}
	return materialKey(alg, material, opts)
}

var pemBegin = []byte("-----BEGIN ")

// onlyBlock returns the block that is all of data. The decoder of the standard library
// would step over text and over blocks that are broken, to the next that is not.
func onlyBlock(data []byte) (*pem.Block, error) {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) > maxPEM:
		return nil, fmt.Errorf("%w: PEM of more than %d bytes", ErrKey, maxPEM)
	case !bytes.HasPrefix(data, pemBegin):
		return nil, fmt.Errorf("%w: not a PEM block, or text before it", ErrKey)
	case bytes.Count(data, pemBegin) > 1:
		return nil, fmt.Errorf("%w: more than one PEM block", ErrKey)
	}
	block, rest := pem.Decode(data)
	switch {
	case block == nil:
		return nil, fmt.Errorf("%w: the PEM block is broken", ErrKey)
	case len(rest) > 0:
		return nil, fmt.Errorf("%w: text after the PEM block", ErrKey)
	case len(block.Headers) > 0, block.Type == "ENCRYPTED PRIVATE KEY":
		return nil, fmt.Errorf("%w: the PEM block is encrypted or has headers", ErrKey)
	}
	return block, nil
}
