package spec

// maxWords is the longest text that two words tell apart from all others as long.
const maxWords = 16

// words returns the first and the last bytes of a text of at most 16: where two texts
// are as long and have the same words they are equal. The compiler makes one load of
// each word4 and word8.
func words(s string) (a, b uint64) {
	n := len(s)
	switch {
	case n > maxWords:
	case n >= 8:
		return word8(s), word8(s[n-8:])
	case n >= 4:
		return word4(s), word4(s[n-4:])
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<8, uint64(s[n-1])
	}
	return 0, 0
}

func word8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func word4(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
