package engines

import "strconv"

// promised reports whether a test may count on the engine whose server the
// variable names: a test without a promised engine fails, others are skipped.
// An engine is promised by naming a server for it, and every engine is by
// ROLESPEC_REQUIRE_ENGINES or, where that says nothing, by CI.
func promised(variable string, getenv func(string) string) bool {
	if getenv(variable) != "" {
		return true
	}
	if require := getenv("ROLESPEC_REQUIRE_ENGINES"); require != "" {
		return affirmed(require)
	}
	return affirmed(getenv("CI"))
}

// affirmed reports whether a variable of the environment says yes: anything
// that is neither empty nor a way to say no, as some services put their name
// into CI.
func affirmed(value string) bool {
	yes, err := strconv.ParseBool(value)
	return yes || (err != nil && value != "")
}
