package spec

// numberLength returns how many bytes at the beginning are a number of JSON, 0 for
// none.
func numberLength[T string | []byte](text T) int {
	n := 0
	if n < len(text) && text[n] == '-' {
		n++
	}
	whole := countDigits(text[n:])
	if whole == 0 || whole > 1 && text[n] == '0' {
		return 0
	}
	n += whole
	if n < len(text) && text[n] == '.' {
		fraction := countDigits(text[n+1:])
		if fraction == 0 {
			return 0
		}
		n += 1 + fraction
	}
	if n < len(text) && text[n]|0x20 == 'e' {
		n++
		if n < len(text) && (text[n] == '+' || text[n] == '-') {
			n++
		}
		exponent := countDigits(text[n:])
		if exponent == 0 {
			return 0
		}
		n += exponent
	}
	return n
}

func countDigits[T string | []byte](text T) (n int) {
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}
