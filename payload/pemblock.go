package payload

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
)

// parseBlock returns the key in a block, of a type of the standard library. The causes
// stay out of its errors: they speak of the key.
func parseBlock(block *pem.Block) (any, error) {
	parse, ok := blockParsers[block.Type]
	if !ok {
		return nil, fmt.Errorf("%w: a PEM block of a type that is not one of a key", ErrKey)
	}
	// Some parsers of the standard library ignore what follows the key.
	var all asn1.RawValue
	if rest, err := asn1.Unmarshal(block.Bytes, &all); err != nil || len(rest) > 0 {
		return nil, fmt.Errorf("%w: the PEM block is not one DER value", ErrKey)
	}
	material, err := parse(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%w: the PEM block does not hold a valid key of its type", ErrKey)
	}
	return material, nil
}

var blockParsers = map[string]func(der []byte) (any, error){
	"PUBLIC KEY":      x509.ParsePKIXPublicKey,
	"RSA PUBLIC KEY":  func(der []byte) (any, error) { return x509.ParsePKCS1PublicKey(der) },
	"CERTIFICATE":     certifiedKey,
	"PRIVATE KEY":     x509.ParsePKCS8PrivateKey,
	"RSA PRIVATE KEY": func(der []byte) (any, error) { return x509.ParsePKCS1PrivateKey(der) },
	"EC PRIVATE KEY":  func(der []byte) (any, error) { return x509.ParseECPrivateKey(der) },
}

func certifiedKey(der []byte) (any, error) {
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return certificate.PublicKey, nil
}
