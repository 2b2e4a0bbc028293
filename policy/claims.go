package policy

// Claims is a payload that is a plain map of claims, for programs that have no
// type for them: the command line, or a service that leaves all rules to a file.
// Nested claims are maps as encoding/json decodes them.
type Claims map[string]any

// RoleNames returns the claim roles: a list of texts. Anything else, a single text
// as well, is no role: a list with one element that is no text names none.
func (c Claims) RoleNames() []string {
	switch list := c["roles"].(type) {
	case []string:
		return list
	case []any:
		names := make([]string, 0, len(list))
		for _, item := range list {
			name, ok := item.(string)
			if !ok {
				return nil
			}
			names = append(names, name)
		}
		return names
	}
	return nil
}
