// Command controller is cert-manager's controller, with the issuers that need nothing outside the
// lab: ACME, CA and self-signed. Vault's and CyberArk's clients would double its build time.
package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	"k8s.io/component-base/logs"

	"github.com/cert-manager/cert-manager/lab/program"
	"github.com/cert-manager/cert-manager/pkg/controller"
	_ "github.com/cert-manager/cert-manager/pkg/controller/acmechallenges"
	_ "github.com/cert-manager/cert-manager/pkg/controller/acmeorders"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/acme"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/approver"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/ca"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/selfsigned"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/issuing"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/keymanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/metrics"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/readiness"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/requestmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/revisionmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/trigger"
	_ "github.com/cert-manager/cert-manager/pkg/controller/clusterissuers"
	_ "github.com/cert-manager/cert-manager/pkg/controller/issuers"
	"github.com/cert-manager/cert-manager/pkg/healthz"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/acme"
	dns "github.com/cert-manager/cert-manager/pkg/issuer/acme/dns/util"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/ca"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/selfsigned"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

// Ports that the chart declares.
const (
	metricsAddress = "0.0.0.0:9402"
	healthAddress  = "0.0.0.0:9403"
)

// Objects that each controller works on at a time.
const workers = 5

// flags are those that the chart passes, and defaults of cert-manager's configuration.
type flags struct {
	controller.ContextOptions
	electionNamespace string
}

func main() {
	program.Run("controller", logs.NewOptions(), func(command *cobra.Command) func(context.Context) error {
		options := flags{ContextOptions: controller.ContextOptions{
			KubernetesAPIQPS:   20,
			KubernetesAPIBurst: 50,
			ACMEOptions: controller.ACMEOptions{
				HTTP01SolverResourceRequestCPU:    resource.MustParse("10m"),
				HTTP01SolverResourceRequestMemory: resource.MustParse("64Mi"),
				HTTP01SolverResourceLimitsCPU:     resource.MustParse("100m"),
				HTTP01SolverResourceLimitsMemory:  resource.MustParse("64Mi"),
				ACMEHTTP01SolverRunAsNonRoot:      true,
				DNS01CheckAuthoritative:           true,
				DNS01Nameservers:                  dns.RecursiveNameservers,
			},
			CertificateOptions: controller.CertificateOptions{
				CopiedAnnotationPrefixes:                 []string{"*", "-kubectl.kubernetes.io/"},
				CertificateRequestMinimumBackoffDuration: time.Hour,
				CertificateRequestMaximumBackoffDuration: 32 * time.Hour,
			},
		}}
		set := command.Flags()
		set.StringVar(&options.ClusterResourceNamespace, "cluster-resource-namespace", "kube-system", "namespace of the cluster issuers' Secrets")
		set.StringVar(&options.electionNamespace, "leader-election-namespace", "kube-system", "namespace of the leader's lease")
		set.StringVar(&options.HTTP01SolverImage, "acme-http01-solver-image", "", "image of the pods that answer challenges")
		set.IntVar(&options.MaxConcurrentChallenges, "max-concurrent-challenges", 60, "challenges at a time")
		set.BoolVar(&options.EnableOwnerRef, "enable-certificate-owner-ref", false, "delete a certificate's Secret with it")
		set.DurationVar(&options.DNS01CheckRetryPeriod, "dns01-check-retry-period", 10*time.Second, "time between two self-checks of a challenge, HTTP-01 too")
		set.DurationVar(&options.CertificateRequestMinimumBackoffDuration, "certificate-request-minimum-backoff-duration", time.Hour, "time before the first repetition of a failed order")
		return func(ctx context.Context) error { return run(ctx, options) }
	})
}

func run(ctx context.Context, options flags) error {
	factory, err := controller.NewContextFactory(ctx, options.ContextOptions)
	if err != nil {
		return err
	}
	base, err := factory.Build()
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	if err := serveMetrics(ctx, group, base); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", healthAddress)
	if err != nil {
		return err
	}
	health := healthz.NewServer(20 * time.Second)
	group.Go(func() error { return health.Start(ctx, listener) })
	group.Go(func() error {
		return lead(ctx, base, options.electionNamespace, health.LeaderHealthzAdaptor, func(ctx context.Context) error {
			return runControllers(ctx, factory, base)
		})
	})
	return group.Wait()
}

func serveMetrics(ctx context.Context, group *errgroup.Group, base *controller.Context) error {
	listener, err := net.Listen("tcp", metricsAddress)
	if err != nil {
		return err
	}
	shared := base.SharedInformerFactory
	base.Metrics.SetupACMECollector(shared.Acme().V1().Challenges().Lister())
	base.Metrics.SetupCertificateCollector(shared.Certmanager().V1().Certificates().Lister())
	base.Metrics.SetupIssuerCollector(shared.Certmanager().V1().Issuers().Lister())
	base.Metrics.SetupClusterIssuerCollector(shared.Certmanager().V1().ClusterIssuers().Lister())
	server := base.Metrics.NewServer(listener)
	group.Go(func() error {
		<-ctx.Done()
		return server.Close()
	})
	group.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	return nil
}

// lead calls work once this process is the leader; its end is also that of the work.
func lead(ctx context.Context, base *controller.Context, namespace string, watch *leaderelection.HealthzAdaptor, work func(context.Context) error) error {
	identity, err := os.Hostname()
	if err != nil {
		return err
	}
	lock, err := resourcelock.New(resourcelock.LeasesResourceLock, namespace, "cert-manager-controller",
		base.Client.CoreV1(), base.Client.CoordinationV1(),
		resourcelock.ResourceLockConfig{Identity: identity, EventRecorder: base.Recorder})
	if err != nil {
		return err
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
		Lock:            lock,
		LeaseDuration:   60 * time.Second,
		RenewDeadline:   40 * time.Second,
		RetryPeriod:     15 * time.Second,
		ReleaseOnCancel: true,
		WatchDog:        watch,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(ctx context.Context) { end(work(ctx)) },
			OnStoppedLeading: func() { end(errors.New("another controller leads")) },
		},
	})
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func runControllers(ctx context.Context, factory *controller.ContextFactory, base *controller.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for name, construct := range controller.Known() {
		controller, err := construct(factory)
		if err != nil {
			return err
		}
		logf.FromContext(ctx).Info("starting controller", "controller", name)
		group.Go(func() error { return controller.Run(workers, ctx) })
	}
	base.SharedInformerFactory.Start(ctx.Done())
	base.KubeSharedInformerFactory.Start(ctx.Done())
	base.HTTP01ResourceMetadataInformersFactory.Start(ctx.Done())
	return group.Wait()
}
