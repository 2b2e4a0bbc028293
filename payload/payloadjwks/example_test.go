package payloadjwks_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadjwks"
)

func ExampleNew() {
	ctx := context.Background()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"keys":[`+edKey+`]}`, 1)
	}))
	defer server.Close()

	source, err := payloadjwks.New(ctx, server.URL)
	if err != nil {
		log.Fatal(err)
	}
	defer source.Close()
	_, err = payload.NewVerifier[Claims](payload.KeyFunc(source.Key),
		payload.WithIssuer("https://login.example"),
		payload.WithAudience("tasks"))
	fmt.Println(source.Status().Keys, err)

	_, err = payloadjwks.New(ctx, "http://login.example/jwks.json")
	fmt.Println(err)
	// Output:
	// 1 <nil>
	// payload: bad configuration: the address is not https, nor http of this machine
}

// The tokens of Google Identity Platform for one project.
func ExampleGoogle() {
	const project = "tasks-example"
	source, err := payloadjwks.Google(context.Background(), payloadjwks.WithLazyLoad())
	if err != nil {
		log.Fatal(err)
	}
	defer source.Close()
	_, err = payload.NewVerifier[Claims](payload.KeyFunc(source.Key),
		payload.WithIssuer("https://securetoken.google.com/"+project),
		payload.WithAudience(project),
		payload.AnyType())
	fmt.Println(err)
	// Output:
	// <nil>
}
