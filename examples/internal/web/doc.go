// Package web is what the services of this module share of HTTP: errors as problem+json
// (RFC 9457), bodies and parameters read strictly, and what stands around every handler.
//
// A handler is a [HandlerFunc], which answers or returns why it does not:
//
//	answers := web.Answers{Log: log, Translate: translate}
//	routes.HandleFunc("POST /groups", "groups", answers.Handle(create))
//
//	func create(w http.ResponseWriter, r *http.Request) error {
//		body, err := web.Decode[NewGroup](w, r)
//		if err != nil {
//			return err // 400, 413, 415 or 422
//		}
//		...
//		return web.WriteJSON(w, http.StatusCreated, group)
//	}
//
//	func list(w http.ResponseWriter, r *http.Request) error {
//		query := web.Query(r)
//		page := query.Page(20, 100)
//		if err := query.Done(); err != nil {
//			return err // 400: what cannot be read, is out of range, or stands there for nothing
//		}
//		...
//	}
//
// [Outermost] goes around everything that a service serves.
package web
