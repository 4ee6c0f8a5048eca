package energy.cryptometer.transport;

import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.core.server.resources.Resource;
import org.eclipse.californium.elements.config.Configuration;

/// The resources of one server, with `/.well-known/core` among them.
final class ResourceTree extends CoapServer {
    ResourceTree(Configuration configuration, Endpoint endpoint) {
        super(configuration);
        setMessageDeliverer(new RequestFilter(getRoot(), configuration));
        addEndpoint(endpoint);
    }

    /// An empty page instead of Californium's own with its version number.
    @Override
    protected Resource createRoot() {
        return new PathNode("");
    }

    /// Hangs a resource into the tree, with the nodes on the way to it.
    void hang(ResourcePath path, ServedResource resource) {
        Resource node = getRoot();
        for (String name : path.segments().subList(0, path.segments().size() - 1)) {
            Resource next = node.getChild(name);
            if (next == null) {
                next = new PathNode(name);
                node.add(next);
            }
            node = next;
        }
        if (node.getChild(path.segments().getLast()) != null) {
            throw new IllegalArgumentException("path " + path.path() + " is taken already");
        }
        node.add(resource);
    }
}
