// Command acmesolver answers one HTTP-01 challenge: the pod that cert-manager starts for it.
package main

import (
	"context"
	"errors"
	"net/http"

	"github.com/spf13/cobra"
	"k8s.io/component-base/logs"

	"github.com/cert-manager/cert-manager/lab/program"
	"github.com/cert-manager/cert-manager/pkg/issuer/acme/http/solver"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

func main() {
	program.Run("acmesolver", logs.NewOptions(), func(command *cobra.Command) func(context.Context) error {
		var challenge solver.HTTP01Solver
		command.Flags().IntVar(&challenge.ListenPort, "listen-port", 8089, "port to listen on")
		command.Flags().StringVar(&challenge.Domain, "domain", "", "domain name to prove")
		command.Flags().StringVar(&challenge.Token, "token", "", "token of the challenge")
		command.Flags().StringVar(&challenge.Key, "key", "", "key to answer with")
		return func(ctx context.Context) error {
			go func() {
				<-ctx.Done()
				_ = challenge.Shutdown(context.WithoutCancel(ctx))
			}()
			if err := challenge.Listen(logf.FromContext(ctx)); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		}
	})
}
