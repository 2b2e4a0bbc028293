package payload_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

// FuzzParseJWKS: nothing panics, an error is ErrKey, and what is read is written and read
// again as the same keys.
func FuzzParseJWKS(f *testing.F) {
	for _, set := range []string{rfcA1, rfcA2, rfcA3, `{"keys":[{` + rfcOKP + `,` + rfcOKPPrivate + `,"key_ops":["sign"]}]}`} {
		f.Add([]byte(set), true)
	}
	for _, tt := range jwkTests {
		f.Add([]byte(`{"keys":[`+tt.jwk+`]}`), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, private bool) {
		var opts []payload.JWKOption
		if private {
			opts = append(opts, payload.WithPrivateKeys(), payload.WithAlgorithm(payload.HS256))
		}
		keys, err := payload.ParseJWKS(data, opts...)
		if err != nil {
			if !errors.Is(err, payload.ErrKey) || keys != nil {
				t.Fatalf("have %v, %v, want ErrKey", keys, err)
			}
			return
		}
		written, err := payload.PublicJWKS(keys...)
		if err != nil {
			if !private {
				t.Fatal(err)
			}
			return // a secret
		}
		again, err := payload.ParseJWKS(written)
		if err != nil || len(again) != len(keys) {
			t.Fatalf("%s: have %v, %v, want %v", written, again, err, keys)
		}
		for i, key := range again {
			if key.String() != keys[i].String() || key.CanSign() || keys[i].CanSign() && !private {
				t.Fatalf("have %v, want the public half of %v", key, keys[i])
			}
		}
		if more, err := payload.PublicJWKS(again...); err != nil || !bytes.Equal(more, written) {
			t.Fatalf("have %s, %v, want %s", more, err, written)
		}
	})
}

// FuzzParsePEM: nothing panics, an error is ErrKey, and a key is of the algorithm asked for.
func FuzzParsePEM(f *testing.F) {
	k := must[pemKeys](f)(pemTestKeys())
	for alg, all := range map[payload.Algorithm][]string{
		payload.RS256: {k.PKIX, k.PKCS1, k.Cert, k.PKCS8, k.PKCS1Private},
		payload.ES256: {k.ECPKIX, k.ECCert, k.ECPKCS8, k.SEC1, k.P224},
		payload.EdDSA: {k.EdPKIX, k.EdPKCS8, k.EdPKIX + k.EdPKIX},
	} {
		for _, text := range all {
			f.Add(string(alg), []byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, alg string, data []byte) {
		key, err := payload.ParsePEM(payload.Algorithm(alg), data)
		if err != nil {
			if !errors.Is(err, payload.ErrKey) || key.Algorithm() != "" {
				t.Fatalf("have %v, %v, want ErrKey", key, err)
			}
			return
		}
		if key.Algorithm() != payload.Algorithm(alg) || bytes.Count(data, []byte("-----BEGIN")) != 1 {
			t.Fatalf("%s: have %v of %q", alg, key, data)
		}
		if _, err := key.MarshalJWK(); err != nil {
			t.Fatal(err)
		}
	})
}
