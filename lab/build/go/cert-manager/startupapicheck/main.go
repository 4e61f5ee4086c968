// Command startupapicheck ends once the API server takes cert-manager's objects: the Job of the
// chart that a release waits for.
package main

import (
	"context"
	"os"
	"time"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/component-base/logs"
	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/cert-manager/cert-manager/lab/program"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"github.com/cert-manager/cert-manager/pkg/util/cmapichecker"
)

const interval = time.Second

func main() {
	program.Run("startupapicheck", logs.NewOptions(), func(command *cobra.Command) func(context.Context) error {
		// The chart calls it as `check api`.
		command.Args = cobra.ExactArgs(2)
		limit := command.Flags().Duration("wait", 0, "how long to wait")
		return func(ctx context.Context) error {
			config, err := ctrl.GetConfig()
			if err != nil {
				return err
			}
			checker, err := cmapichecker.New(config, os.Getenv("POD_NAMESPACE"))
			if err != nil {
				return err
			}
			return wait.PollUntilContextTimeout(ctx, interval, *limit, true, func(ctx context.Context) (bool, error) {
				err := checker.Check(ctx)
				if err != nil {
					logf.FromContext(ctx).Info("not ready", "reason", err.Error())
				}
				return err == nil, nil
			})
		}
	})
}
