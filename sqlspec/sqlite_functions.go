package sqlspec

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"strconv"
	"sync"

	"github.com/rolespec/rolespec/spec"
)

const (
	regexpFunction  = "rolespec_match"
	decimalFunction = "decimal_cmp"
)

// Function is a SQL function in Go, for a driver to register.
type Function struct {
	Name string
	Args int
	Call func(args []driver.Value) (driver.Value, error) // deterministic, safe for concurrent use
}

// SQLiteFunctions returns the functions that a SQLite connection needs for what
// SQLite cannot do by itself: rolespec_match(pattern, text) for Matches, and
// decimal_cmp(a, b), the function of SQLite's decimal extension, for decimals
// stored as text. A specification that needs one fails where it is missing: "no
// such function". With modernc.org/sqlite, once in the life of the program:
//
//	for _, f := range sqlspec.SQLiteFunctions() {
//		sqlite.MustRegisterDeterministicScalarFunction(f.Name, int32(f.Args),
//			func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) { return f.Call(args) })
//	}
func SQLiteFunctions() []Function {
	return []Function{
		{Name: regexpFunction, Args: 2, Call: matchFunction},
		{Name: decimalFunction, Args: 2, Call: decimalCompare},
	}
}

// matchFunction is null where either is null or no text.
func matchFunction(args []driver.Value) (driver.Value, error) {
	pattern, ok1 := args[0].(string)
	text, ok2 := args[1].(string)
	if !ok1 || !ok2 {
		return nil, nil
	}
	re, err := patterns.get(pattern)
	if err != nil {
		return nil, err
	}
	if re.MatchString(text) {
		return int64(1), nil
	}
	return int64(0), nil
}

// decimalCompare is null where either is null or no decimal.
func decimalCompare(args []driver.Value) (driver.Value, error) {
	a, ok1 := decimalOf(args[0])
	b, ok2 := decimalOf(args[1])
	if !ok1 || !ok2 {
		return nil, nil
	}
	return int64(a.Compare(b)), nil
}

func decimalOf(v driver.Value) (spec.Decimal, bool) {
	switch x := v.(type) {
	case string:
		d, err := spec.ParseDecimal(x)
		return d, err == nil
	case int64:
		d, err := spec.ParseDecimal(strconv.FormatInt(x, 10))
		return d, err == nil
	}
	return spec.Decimal{}, false // a float has lost digits already
}

// patternCache keeps compiled patterns between the rows of a query.
type patternCache struct {
	mu       sync.RWMutex
	compiled map[string]*regexp.Regexp
}

// maxPatterns bounds the cache: patterns can come from outside.
const maxPatterns = 256

var patterns = patternCache{compiled: map[string]*regexp.Regexp{}}

func (c *patternCache) get(pattern string) (*regexp.Regexp, error) {
	c.mu.RLock()
	re, ok := c.compiled[pattern]
	c.mu.RUnlock()
	if ok {
		return re, nil
	}
	re, err := spec.CompilePattern(pattern)
	if err != nil {
		return nil, fmt.Errorf("sqlspec: %s: the pattern is not RE2", regexpFunction)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.compiled) >= maxPatterns {
		clear(c.compiled)
	}
	c.compiled[pattern] = re
	return re, nil
}
