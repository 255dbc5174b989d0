import { describe, expect, it } from 'vitest';
import { classify } from '../../../../../src/core/tools/classify/classify.js';
import { tools } from '../classify-tools.js';

/** What descriptions say where the name says nothing, too little, or something milder. */
const CASES = {
  'that a tool is run by its name says no more than the name': [
    ...tools(
      'write',
      'update_thing | Execute the Vendor `update_thing` operation.\n add_row | Performs add_row',
    ),
    ...tools('read', 'describe_thing | Execute the Vendor `describe_thing` operation.'),
    ...tools(
      'execute',
      'update_thing | Execute the Vendor `reboot_thing` operation.\n add_row | Runs a command, see add_row.\n thing | Executes a job',
    ),
    ...tools('destructive', 'update_thing | Execute update_thing. Deletes the old one.'),
  ],
  'the description decides where the name says nothing': [
    ...tools(
      'read',
      `geocode | Convert an address to coordinates
       weather | Returns the weather of a city
       city | The current weather in a city
       euro | Latest exchange rates
       stock_price | Gets what a share costs
       git_branch | List branches
       helper | This tool returns the time in a zone
       issue | Provides the details of an issue
       lookup-x | [READ] Find an entry
       wiki | A tool for searching an encyclopedia
       dates | Allows you to list public holidays
       notes | Vendor: Retrieve notes
       resolve_name | Resolves a name to an address
       resolve_it | Resolves names and returns the matching packages
       generate_code_qr | Generate a QR code for a text
       screen | Capture a screenshot of the page
       format_rows | Formats JSON
       download_part | Download a part. Returns its bytes.
       track_parcel | Track a parcel
       memory | View what is stored
       sequence | Think step by step
       天气 | 获取天气
       予報 | 天気を取得します`,
    ),
    ...tools(
      'write',
      `thing | Adds a row to the sheet
       create_key | Makes a key
       files | Use this tool to upload a file
       entry | Saves what is given
       ticket | Create or update a ticket
       download_part | Download a part to the disk
       记录 | 创建一条记录`,
    ),
    ...tools(
      'execute',
      `thing | Runs a shell command
       lamp | Turn on the lamp
       helper | Lets you execute code in a sandbox
       machine | Starts, stops or restarts a machine
       caller | Make an HTTP request to any address
       任务 | 执行命令`,
    ),
    ...tools(
      'destructive',
      `thing | Deletes a row
       branches | Manage branches: list branches, create a branch, delete a branch, or rename a branch
       files | Finds and deletes files that are old
       rows | Create, update, or delete rows
       cleaner | Use this tool to permanently remove a folder
       thing | Allows deleting users
       wiper | This tool will permanently erase the disk
       handler | Works on a queue. This cannot be undone.
       folders | Syncs a folder to a destination, deleting extra files there
       folders | Copies files to the target while removing extra ones
       folders | Syncs folders by deleting extra files
       files | Copies a file to the target and deletes the source
       drafts | Sends an email to a user and deletes the draft
       任务 | 删除任务
       仕事 | 仕事を削除します`,
    ),
    ...tools(
      'financial',
      `thing | Create a new invoice
       shop | Orders a pizza
       helper | Processes a payment for an order
       wallet | Send money to someone
       任务 | 支付账单`,
    ),
  ],
  'the description raises what the name says': [
    ...tools(
      'destructive',
      `get_user | Deletes a user
       get_rows | Removes the rows that match
       update_rows | Updates or deletes rows
       save_state | Saves the state. This tool deletes what was there before.`,
    ),
    ...tools(
      'write',
      `check_guest | Create an entry for a guest
       get_token | Creates a token
       get_page | Get a page. Saves it to the archive.`,
    ),
    ...tools(
      'execute',
      `get_rows | Executes SQL
       get_build | Starts a build
       create_thing | Runs a command`,
    ),
    ...tools(
      'financial',
      `get_thing | Charges a card
       update_thing | Pay an invoice`,
    ),
  ],
  'mentioning a verb does not raise': [
    ...tools(
      'read',
      `list_things | Lists deleted things
       get_user | Gets a user. Returns the id that is needed to update or delete the user.
       get_page | Get what is needed to create or delete a page
       list_notes | List notes. Use delete_note to remove one.
       find_tools | Search for tools to run
       get_tasks | Returns tasks. Delete them with remove_task when they are done.
       list_comments | Lists issues, comments and updates
       get_rights | Check create and delete permissions
       get_x | Does not delete anything
       get_y | Get y. Never deletes, updates or runs anything.
       get_z | Get z without deleting it
       get_needed | Gets what is needed to update and delete a user
       get_version | Gets the version by running a program
       get_plan | Gets the plan before it is executed
       list_runs | Lists runs, builds and deploys of a project
       search_all | Executes a search
       search_more | Run a hybrid search over documents
       find_rows | Run a find query
       get_order | Order details of a shop
       weather | Returns the weather. Call this when the user asks for it. Do not delete what it returns.
       forecast | Get a forecast. This can be run many times.
       list_rights | The set of rights of a file
       list_orders | Retrieve orders. This endpoint returns orders of a client.
       is_visible | Check if an element is visible
       list_calls | List API request logs
       list_replies | Replies for a message
       get_dns | Get the DNS. This endpoint reports its state.
       read_page | Returns a page. Removes scripts and styles from it.
       list_jobs | List jobs that can be cancelled, restarted or deleted`,
    ),
    ...tools(
      'write',
      `update_issue | Update an issue. Delete it with another tool.
       create_note | Create a note. Run list_notes first.
       unassign_user | Remove a user from an issue
       send_mail | Send a mail. This cannot be undone.
       weather | Call this when the user asks for weather`,
    ),
    ...tools('execute', 'run_command | Run a command. It can create, update or delete files.'),
  ],
  'a query whose text lets it only ask is a read': [
    ...tools(
      'read',
      `mysql_query | Run SQL. Only SELECT statements are allowed.
       query | Executes a SELECT query
       sql_query | Runs SQL; INSERT, UPDATE and DELETE are rejected, only SELECT is permitted`,
    ),
    ...tools(
      'execute',
      `query | Run a SQL query
       query | Run a read-only SQL query
       pg_query | Run SQL. Read-only SQL is preferred, but INSERT and DROP work.
       sql_query | Only SELECT statements are allowed unless writes are enabled
       sql_query | Only SELECT statements are allowed by default
       db_query | Executes SELECT queries. INSERT works too.
       run_query | Executes a SELECT query
       run_query | Queries run in read-only mode by default.
       execute_query | Only SELECT statements are allowed.
       mysql_query | Run SELECT queries, INSERT and UPDATE
       run_command | Run a read-only command
       execute_sql | Runs SQL read-only`,
    ),
  ],
} as const;

describe.each(Object.entries(CASES))('%s', (_title, cases) => {
  it.each(cases.map(([tool, category]) => [tool.name, tool.description ?? '', category, tool] as const))(
    '%s: %s: %s',
    (_name, _description, category, tool) => {
      expect(classify(tool).category).toBe(category);
    },
  );
});

describe('the evidence', () => {
  it.each([
    ['thing', 'Deletes a row', ['"Deletes" in the description']],
    ['thing', 'Create a new invoice', ['"Create … invoice" in the description']],
    ['delete_row', 'Deletes a row', ['"delete" in the name', '"Deletes" in the description']],
  ])('%s: %s', (name, description, evidence) => {
    expect(classify({ name, description }).evidence).toEqual(evidence);
  });

  it('comes from the title where there is no description', () => {
    expect(classify({ name: 'x', title: 'Delete a row' }).category).toBe('destructive');
    expect(classify({ name: 'x', annotations: { title: 'Delete a row' } }).category).toBe('destructive');
  });
});
