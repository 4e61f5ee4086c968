// Package program is what the commands of this module have in common: a cobra command of their
// name, cert-manager's logging flags, an end at SIGTERM.
package program

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	logs "k8s.io/component-base/logs/api/v1"
	ctrl "sigs.k8s.io/controller-runtime"

	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

// Run is the whole of a main function: `addFlags` adds the command's own flags and returns what
// runs with them until it fails or the context ends.
func Run(name string, logging *logs.LoggingConfiguration, addFlags func(*cobra.Command) func(context.Context) error) {
	logf.InitLogs()
	ctrl.SetLogger(logf.Log)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	command := &cobra.Command{Use: name, SilenceErrors: true, SilenceUsage: true}
	run := addFlags(command)
	if command.Flags().Lookup("v") == nil {
		logf.AddFlagsNonDeprecated(logging, command.Flags())
	}
	// The chart writes `-v` for the second level.
	command.Flags().Lookup("v").NoOptDefVal = "2"
	command.RunE = func(*cobra.Command, []string) error {
		if err := logf.ValidateAndApply(logging); err != nil {
			return err
		}
		return run(logf.NewContext(ctx, logf.Log, name))
	}
	err := command.ExecuteContext(ctx)
	if err != nil {
		logf.Log.Error(err, "ended", "command", name)
	}
	logf.FlushLogs()
	if err != nil {
		os.Exit(1)
	}
}
