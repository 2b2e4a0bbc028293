package sqlspec

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// claimSQL is an argument that is no value: it reads a claim.
type claimSQL string

// inline puts arguments in the places of their question marks. The writer writes
// one for each argument and nowhere else, since no name may have one.
func inline(text []byte, args []any) (string, error) {
	var b strings.Builder
	for _, c := range text {
		if c != '?' {
			b.WriteByte(c)
			continue
		}
		if len(args) == 0 {
			return "", fmt.Errorf("%w: a placeholder without an argument", ErrUnsupported)
		}
		literal, err := literalOf(args[0])
		if err != nil {
			return "", err
		}
		b.WriteString(literal)
		args = args[1:]
	}
	if len(args) > 0 {
		return "", fmt.Errorf("%w: an argument without a placeholder", ErrUnsupported)
	}
	return b.String(), nil
}

// literalOf writes an argument for the cast that stands behind it. Numbers are
// quoted as well: a cast binds tighter than a minus, which makes of the least int8
// one too many.
func literalOf(arg any) (string, error) {
	switch v := arg.(type) {
	case claimSQL:
		return string(v), nil
	case string:
		return textLiteral(v), nil
	case bool:
		return textLiteral(strconv.FormatBool(v)), nil
	case int64:
		return textLiteral(strconv.FormatInt(v, 10)), nil
	case float64:
		return textLiteral(strconv.FormatFloat(v, 'g', -1, 64)), nil
	case []byte:
		return textLiteral(`\x` + hexText(v)), nil
	case time.Time:
		return textLiteral(v.UTC().Format(time.RFC3339Nano)), nil
	}
	return "", fmt.Errorf("%w: an argument of type %T in a policy", ErrUnsupported, arg)
}

// textLiteral quotes a text such that it means the same whatever
// standard_conforming_strings says.
func textLiteral(text string) string {
	quoted := "'" + strings.ReplaceAll(text, "'", "''") + "'"
	if strings.Contains(text, `\`) {
		return "E" + strings.ReplaceAll(quoted, `\`, `\\`)
	}
	return quoted
}
