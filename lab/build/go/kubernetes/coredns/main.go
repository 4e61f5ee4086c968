// Command coredns is CoreDNS with only the plugins that the lab's Corefile uses: the released
// binary's other plugins (cloud DNS services, etcd, tracing) would double its build time.
//
// plugin.cfg of CoreDNS fixes the order in which plugins run, whatever the order of these imports.
package main

import (
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"
	_ "github.com/coredns/coredns/plugin/template"
)

func main() {
	coremain.Run()
}
