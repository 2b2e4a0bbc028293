package scale

// Curves returns all curves.
func Curves() []Curve {
	return []Curve{grants(), callerRoles(), rows(), listInMemory(), listInSQL(), postgresTable(), sqliteTable()}
}
