//go:build !rolespec_safe

package spec

// What is in an interface without another place for it: nobody writes to it any more.

func boxed(text *string) (arg any) {
	arg = ""
	put(&arg, pointTo(text))
	return arg
}

func boxedInt(n *uint64) (arg any) {
	arg = int64(0)
	put(&arg, pointTo(n))
	return arg
}

func boxedFloat(bits *uint64) (arg any) {
	arg = float64(0)
	put(&arg, pointTo(bits))
	return arg
}
