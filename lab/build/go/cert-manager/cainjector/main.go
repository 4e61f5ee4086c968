// Command cainjector writes the CA of cert-manager's webhook into the API server's configuration of
// it.
package main

import (
	"context"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	kubernetes "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/component-base/logs"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	metrics "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"github.com/cert-manager/cert-manager/lab/program"
	certmanager "github.com/cert-manager/cert-manager/pkg/client/clientset/versioned/scheme"
	"github.com/cert-manager/cert-manager/pkg/controller/cainjector"
	"github.com/cert-manager/cert-manager/pkg/util"
)

func main() {
	program.Run("cainjector", logs.NewOptions(), func(command *cobra.Command) func(context.Context) error {
		electionNamespace := command.Flags().String("leader-election-namespace", "kube-system", "namespace of the leader's lease")
		metricsAddress := command.Flags().String("metrics-listen-address", "0.0.0.0:9402", "0 for none")
		return func(ctx context.Context) error {
			scheme := runtime.NewScheme()
			for _, add := range []func(*runtime.Scheme) error{
				kubernetes.AddToScheme, certmanager.AddToScheme, apiextensions.AddToScheme, apiregistration.AddToScheme,
			} {
				if err := add(scheme); err != nil {
					return err
				}
			}
			config, err := ctrl.GetConfig()
			if err != nil {
				return err
			}
			// The name under which it owns the fields that it writes.
			config = util.RestConfigWithUserAgent(config, "cainjector")
			manager, err := ctrl.NewManager(config, ctrl.Options{
				Scheme:                        scheme,
				Cache:                         cache.Options{ReaderFailOnMissingInformer: true},
				Client:                        client.Options{Cache: &client.CacheOptions{DisableFor: []client.Object{&corev1.Secret{}}}},
				Metrics:                       metrics.Options{BindAddress: *metricsAddress},
				LeaderElection:                true,
				LeaderElectionNamespace:       *electionNamespace,
				LeaderElectionID:              "cert-manager-cainjector-leader-election",
				LeaderElectionReleaseOnCancel: true,
			})
			if err != nil {
				return err
			}
			err = cainjector.RegisterAllInjectors(ctx, manager, cainjector.SetupOptions{
				EnableCertificatesDataSource: true,
				EnabledReconcilersFor: map[string]bool{
					cainjector.MutatingWebhookConfigurationName:   true,
					cainjector.ValidatingWebhookConfigurationName: true,
					cainjector.APIServiceName:                     true,
					cainjector.CustomResourceDefinitionName:       true,
				},
			})
			if err != nil {
				return err
			}
			return manager.Start(ctx)
		}
	})
}
