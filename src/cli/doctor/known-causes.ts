/** What stands behind words of a launcher, and what to do about it. */
export interface Cause {
  text: string;
  help: string;
}

const OFFLINE: Cause = {
  text: 'a host on the network could not be reached',
  help: 'check the network and the proxy; a client that is started from the desktop may lack HTTPS_PROXY',
};

/** In this order: the first that is found is the cause, so what follows from another comes later. */
const CAUSES: readonly (readonly [said: RegExp, cause: Cause])[] = [
  [
    /input device is not a TTY|cannot attach stdin to a TTY-enabled container/i,
    {
      text: 'the container is to use a terminal (-t), and there is none',
      help: 'leave out -t (write -i, not -it)',
    },
  ],
  [
    /permission denied while trying to connect to the docker (?:daemon|API)/i,
    {
      text: 'this user may not speak to Docker',
      help: 'add the user to the group docker, or start Docker in rootless mode',
    },
  ],
  [
    /cannot connect to the docker daemon|error during connect|docker daemon is not running|cannot connect to podman/i,
    { text: 'Docker is not running', help: 'start Docker, and try again' },
  ],
  [
    /pull access denied|repository does not exist or may require|manifest (?:unknown|for \S+ not found)|denied: requested access/i,
    {
      text: 'there is no such image, or it may not be pulled',
      help: 'check its name and tag, or log in with docker login',
    },
  ],
  [
    /exec format error|does not match the detected host platform/i,
    {
      text: 'the program was built for another kind of processor',
      help: 'take the image or the program for this machine',
    },
  ],
  [
    /could not determine executable to run/i,
    {
      text: 'the package has no program that npx would start',
      help: 'name both: npx -y --package=<package> <program>',
    },
  ],
  [
    /npm (?:ERR!|error) (?:code )?(?:E404|404)|ERR_PNPM_FETCH_404|404 Not Found - GET/i,
    {
      text: 'npm has no such package, or this user may not see it',
      help: 'check its name and version; a private one needs its registry and a token in .npmrc',
    },
  ],
  [
    /npm (?:ERR!|error) code ETARGET|No matching version found/i,
    {
      text: 'the package has no such version',
      help: 'leave the version out, or take one that npm view <package> versions lists',
    },
  ],
  [
    /EBADENGINE|requires? (?:a )?(?:newer version of )?node(?:\.js)? ?(?:v?\d|version|>=)|Unsupported engine|ERR_REQUIRE_ESM/i,
    {
      text: 'the server needs another version of Node.js',
      help: 'start it with the Node.js that it asks for',
    },
  ],
  [
    /executable named `?\S+`? is not provided by package|does not provide any executables/i,
    { text: 'the package has no program of this name', help: 'name both: uvx --from <package> <program>' },
  ],
  [
    /not found in the package registry|No solution found when resolving|No matching distribution found/i,
    {
      text: 'PyPI has no such package, or none that fits this Python',
      help: 'check its name and version, or choose a Python with uvx --python 3.12',
    },
  ],
  [
    /ModuleNotFoundError: No module named|No module named \S+/i,
    {
      text: 'a Python package is missing where this Python looks',
      help: 'use the Python of the environment in which the server is installed',
    },
  ],
  [
    /Cannot find (?:module|package) '|ERR_MODULE_NOT_FOUND/i,
    {
      text: 'a file or package of the server is missing',
      help: 'check the path; in a project run its install and build first',
    },
  ],
  [
    /can't open file|Unable to access jarfile|No such file or directory \(os error 2\)/i,
    {
      text: 'the file of the server does not exist',
      help: 'write its whole path: clients start servers in a folder of their own',
    },
  ],
  [
    /UnsupportedClassVersionError|Unsupported class file major version/i,
    { text: 'the server needs a newer Java', help: 'start it with the Java that it asks for' },
  ],
  [
    /You must install or update \.NET|No \.NET SDKs were found/i,
    { text: 'the .NET that the server needs is not installed', help: 'install the version that it names' },
  ],
  [
    /Could not locate the bindings file|was compiled against a different Node\.js version|NODE_MODULE_VERSION/i,
    {
      text: 'a native part of the server was built for another Node.js',
      help: 'install the server again with the Node.js that starts it',
    },
  ],
  [
    /EADDRINUSE|address already in use/i,
    {
      text: 'the port of the server is taken',
      help: 'end the copy that is running, or give this one another port',
    },
  ],
  [
    /sudo: a (?:terminal|password) is required/i,
    {
      text: 'sudo would ask for a password, and nobody can type one',
      help: 'start the server without sudo, or allow this command without a password',
    },
  ],
  [
    /npm (?:ERR!|error) code (?:ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED)|getaddrinfo|Could not resolve host|Temporary failure in name resolution|dns error/i,
    OFFLINE,
  ],
  [
    /(?:command not found|not recognized as an internal or external command|executable file not found in \$PATH|: not found$)/im,
    {
      text: 'a program that it starts is not on the PATH',
      help: 'write the whole path; a client that is started from the desktop may have another PATH than a shell',
    },
  ],
];

/** What is wrong by what the server or its launcher has written; undefined where that says nothing that is known here. */
export function knownCause(written: string): Cause | undefined {
  return CAUSES.find(([said]) => said.test(written))?.[1];
}
