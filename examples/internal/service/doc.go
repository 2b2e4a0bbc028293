// Package service runs a program that serves HTTP from a database.
//
//	//go:embed migrations
//	var files embed.FS
//
//	func main() {
//		var c config
//		service.Service{
//			Name:       "groups",
//			Help:       "Answers who may use which resource.",
//			Flags:      c.flags,
//			Migrations: migrations,
//			Build: func(ctx context.Context, env *service.Env) (http.Handler, error) {
//				return newHandler(ctx, env, c)
//			},
//		}.Main()
//	}
//
// It reads the flags, opens and migrates the database, listens, builds the handler, puts
// web.Outermost around it and /healthz, /readyz and /metrics beside it, and serves until
// it is told to stop. Then it is not ready any more, answers what has begun, and closes
// what Build has opened.
package service
