// Command webhook checks and completes cert-manager's objects for the API server.
package main

import (
	"context"

	"github.com/spf13/cobra"

	cmwebhook "github.com/cert-manager/cert-manager/internal/webhook"
	"github.com/cert-manager/cert-manager/lab/program"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"github.com/cert-manager/cert-manager/pkg/webhook/options"
)

func main() {
	config, err := options.NewWebhookConfiguration()
	if err != nil {
		panic(err)
	}
	program.Run("webhook", &config.Logging, func(command *cobra.Command) func(context.Context) error {
		options.AddConfigFlags(command.Flags(), config)
		return func(ctx context.Context) error {
			server, err := cmwebhook.NewCertManagerWebhookServer(logf.FromContext(ctx), *config)
			if err != nil {
				return err
			}
			return server.Run(ctx)
		}
	})
}
