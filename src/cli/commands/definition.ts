/** The headings under which `--help` lists the commands, in this order. */
export const COMMAND_GROUPS = {
  start: 'Get started',
  write: 'Write a policy',
  watch: 'Watch and decide',
  ci: 'Check in CI',
  shell: 'Help in the shell',
} as const;

/** What a shell can complete: names of files or commands, or these words. Other words are allowed too, unlike with `choices`. */
export type Offer = 'files' | 'commands' | readonly string[];

/** An option as a value. Without `value` it is a switch. */
export interface OptionDefinition {
  /** In one line, without a full stop. */
  summary: string;
  /** One letter. */
  short?: string;
  /** What stands for the value in help, such as `file`. */
  value?: string;
  /** The values that are allowed, where not all are. */
  choices?: readonly string[];
  offer?: Offer;
  default?: string;
  /** The value is a list, separated by commas; the option may be repeated. */
  list?: true;
  /** Works, but is not listed anywhere. */
  hidden?: true;
}

/** Options by their long names, without the dashes. */
export type OptionSet = Readonly<Record<string, OptionDefinition>>;

/** A positional argument as a value. */
export interface ArgumentDefinition {
  name: string;
  optional?: true;
  /** Any number of words, also none. Only the last argument may be. */
  variadic?: true;
  choices?: readonly string[];
  offer?: Offer;
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

type OptionValue<Option extends OptionDefinition> = Option extends { list: true }
  ? readonly string[]
  : Option extends { choices: readonly (infer Choice)[] }
    ? Choice
    : Option extends { value: string }
      ? string
      : true;

type Defaulted = { default: string };

/** What an action receives of the options: by their names in camel case, absent where they were not given. */
export type OptionValues<Options extends OptionSet> = {
  [Name in keyof Options & string as Options[Name] extends Defaulted ? CamelCase<Name> : never]: OptionValue<
    Options[Name]
  >;
} & {
  [Name in keyof Options & string as Options[Name] extends Defaulted ? never : CamelCase<Name>]?: OptionValue<
    Options[Name]
  >;
};

type ArgumentValue<Argument extends ArgumentDefinition> = Argument extends { variadic: true }
  ? readonly string[]
  : Argument extends { optional: true }
    ? string | undefined
    : Argument extends { choices: readonly (infer Choice)[] }
      ? Choice
      : string;

/** What an action receives of the arguments, in their order. */
export type ArgumentValues<Arguments extends readonly ArgumentDefinition[]> = {
  readonly [Index in keyof Arguments]: ArgumentValue<Arguments[Index]>;
};

/** The command line as an action receives it. */
export interface CommandInput<Arguments, Options> {
  arguments: Arguments;
  options: Options;
  /** The words after `--`, where the command takes them: what starts a server. */
  server: readonly string[];
  /** The whole program, for the commands that speak of the others. */
  root: CommandDefinition;
}

/** Carries out a command and returns the exit code. */
export type CommandAction<Arguments = readonly unknown[], Options = Readonly<Record<string, unknown>>> = (
  input: CommandInput<Arguments, Options>,
) => number | Promise<number>;

interface Declaration<Arguments extends readonly ArgumentDefinition[], Options extends OptionSet> {
  name: string;
  /** What it does, in one line that begins with a verb, without a full stop. */
  summary: string;
  /** Where `--help` lists it; without one it is hidden. */
  group?: keyof typeof COMMAND_GROUPS;
  arguments?: Arguments;
  options?: Options;
  /** Whether a server's command comes after `--`. */
  server?: 'required' | 'optional';
  /** Command lines without `policy-wrap`, the most usual first. */
  examples: readonly string[];
  /** Exit codes that mean something special here. */
  exitCodes?: Readonly<Record<number, string>>;
  commands?: readonly CommandDefinition[];
  /** Imports what carries it out, and only then. */
  load(): Promise<CommandAction<ArgumentValues<Arguments>, OptionValues<Options>>>;
}

/** A command as a value: parser, help, completion and docs are made from it. */
export interface CommandDefinition
  extends Omit<Declaration<readonly ArgumentDefinition[], OptionSet>, 'arguments' | 'options' | 'load'> {
  arguments: readonly ArgumentDefinition[];
  options: OptionSet;
  commands: readonly CommandDefinition[];
  load(): Promise<CommandAction>;
}

/** Declares a command. Its action receives exactly the arguments and options that are declared. */
export function command<
  const Arguments extends readonly ArgumentDefinition[] = readonly [],
  const Options extends OptionSet = Record<never, never>,
>(declaration: Declaration<Arguments, Options>): CommandDefinition {
  const { arguments: positional = [], options = {}, commands = [], load, ...rest } = declaration;
  // The parser fills in what is declared here, which the type of a command among others cannot say.
  return { ...rest, arguments: positional, options, commands, load: load as () => Promise<CommandAction> };
}
