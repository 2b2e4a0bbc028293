package agree_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// longList is a list of n values: some that rows hold, and others.
func longList(r *rand.Rand, f spec.Field, n int) []spec.Value {
	list := make([]spec.Value, 0, n)
	for range 40 {
		if v := operand(r, f); !v.IsNull() {
			list = append(list, v)
		}
	}
	for i := len(list); i < n; i++ {
		list = append(list, filler(f, i))
	}
	return list
}

func filler(f spec.Field, i int) spec.Value {
	switch f.Kind {
	case spec.KindInt:
		return spec.Of(i + 100000)
	case spec.KindFloat:
		return spec.Of(float64(i) + 0.25)
	case spec.KindDecimal:
		return spec.Of(spec.MustDecimal(fmt.Sprintf("%d.07", i)))
	case spec.KindBytes:
		v, err := spec.ValueOf(fmt.Appendf(nil, "\xff%d", i))
		if err != nil {
			panic(err)
		}
		return v
	case spec.KindTime:
		return spec.Of(time.Unix(int64(i), 0))
	case spec.KindDate:
		return spec.Of(spec.DateOf(time.Unix(int64(i)*86400, 0).UTC()))
	case spec.KindUUID:
		octets := [16]byte{6: 0x40, 8: 0x80}
		binary.BigEndian.PutUint32(octets[:], uint32(i))
		return spec.Of(octets)
	}
	return spec.Of(fmt.Sprintf("%d'\"\\,{}", i))
}

// A list of any length and kind is no error in the middle of a request: more
// values than an engine takes as arguments of their own, and more than are bound
// so, in both directions.
func TestLongLists(t *testing.T) {
	for _, e := range []engine{openSQLite(t, true), openPostgres(t), openMariaDB(t, usualCollation)} {
		r := rand.New(rand.NewPCG(*seed, 6))
		for _, name := range []string{"whole", "real", "amount", "cents", "name", "raw", "at", "day", "key", "blob_key"} {
			f, _ := schema.Field(name)
			beyond := spec.In(name, longList(r, f, 66000/scale)...)
			long := spec.In(name, longList(r, f, 1200)...)
			for _, s := range []spec.Specification{beyond, long, long.Not(), long.Not().And(spec.In(name, spec.Null))} {
				want := e.inMemory(t, s)
				got, _, err := e.visible(s)
				if e.dialect == sqlspec.SQLite && name == "real" && errors.Is(err, sqlspec.ErrTooLarge) {
					continue // SQLite reads floats from text less exactly than they are written
				}
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%v: %s of %v: %v\nhave %v\nwant %v", e.dialect, name, f.Kind, err, got, want)
				}
			}
		}
	}
}
