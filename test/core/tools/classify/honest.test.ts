import { describe, expect, it } from 'vitest';
import type { Category } from '../../../../src/core/tools/category.js';
import { classify } from '../../../../src/core/tools/classify/classify.js';
import type { ToolDefinition } from '../../../../src/core/tools/definition.js';
import { tools, withParameters } from './classify-tools.js';

/** Tools as honest servers have them: what is too strict annoys people until they allow everything. */
const PLAIN: { readonly [name in Category]?: string } = {
  read: `
    list_scripts | Lists scripts
    search_symbols | Searches
    render_template_preview | Renders a preview
    pulls_list | Lists
    postgres_explain | Explains
    get_cheapest_flight | Finds
    flight_search | Searches flights
    hotel_availability | Returns
    weather | Returns the weather of a city
    city | The current weather in a city
    summarize | Summarizes
    image_info | Returns
    list_payments | Lists
    get_transfer | Gets a transfer
    payment_status | Returns the status of a payment
    wire_status | Returns
    list_wires | Lists
    loan_calculator | Calculates
    mortgage_calculator | Calculates payments
    tax_rates | Returns
    auction_results | Returns
    list_bids | Lists bids
    brave_web_search | Performs a web search using the Brave Search API
    brave_local_search | Searches for local businesses and places
    tavily-search | A powerful web search tool
    tavily-extract | Extracts content from given URLs
    firecrawl_map | Map a website to discover all indexed URLs on the site
    firecrawl_check_crawl_status | Check the status of a crawl job
    get_current_time | Get current time in a specific timezone
    convert_time | Convert time between timezones
    get_forecast | Get weather forecast for a location
    get_alerts | Get weather alerts for a US state
    slack_list_channels | List public channels in the workspace
    slack_get_channel_history | Get recent messages from a channel
    get_stock_price | Get the current price
    stock_quote | Returns the latest quote
    search_papers | Search for papers on arXiv
    read_paper | Read the full content of a stored paper
    get-library-docs | Fetches documentation for a library
    find_symbol | Finds symbols in the codebase
    get_symbols_overview | Gets an overview of the top-level symbols
    find_referencing_symbols | Finds symbols that refer to a symbol
    search_for_pattern | Search for a pattern in the codebase
    get_issue | Get details of an issue
    get_workflow_run | Get a workflow run
    get_workflow_run_logs | Download logs for a workflow run
    list_workflow_runs | List workflow runs
    get_job_logs | Download logs for a job
    get_pull_request_diff | Get the diff of a pull request
    list_commits | Get list of commits of a branch
    jira_get_issue | Get an issue
    confluence_search | Search content using CQL
    postgres_list_tables | Lists tables
    get_top_queries | Reports the slowest SQL queries
    list_schemas | List all schemas
    mongodb_find | Run a find query against a collection
    collection-schema | Describe the schema for a collection
    count | Gets the number of documents in a collection
    redis_get | Get a value
    hgetall | Get all fields
    query_loki_logs | Runs a query against a Loki datasource
    list_datasources | List available datasources
    get_dashboard_by_uid | Retrieves the complete dashboard
    sentry_whoami | Identify the authenticated user
    search_events | Search events
    find_organizations | Find organizations
    analyze_issue_with_seer | Analyze issues
    figma_get_file | Get a file
    get_screenshot | Generates a screenshot for a node
    get_design_context | Generates UI code for a node
    get_variable_defs | Returns variable definitions
    kubectl_get | Get or list resources
    kubectl_describe | Describe resources
    kubectl_logs | Get logs
    explain_resource | Get documentation for a resource
    list_api_resources | List the API resources
    docker_list_containers | List containers
    stripe_list_customers | List customers
    retrieve_balance | Retrieve the balance
    search_stripe_documentation | Search the docs
    notion-search | Search pages
    get_freebusy | Query free/busy information
    read_email | Retrieve an email
    list_labels | List labels
    youtube_transcript | Fetches the transcript of a video
    get_transcript | Get the transcript
    wikipedia_summary | Gets a summary of an article
    summarize_article_for_query | Summarize an article for a query
    get_related_topics | Get related topics
    deepwiki_ask_question | Ask any question about a repository
    ask_question | Ask any question about a GitHub repository
    read_wiki_structure | Get a list of documentation topics
    web_search_exa | Search the web using Exa
    company_research_exa | Research a company
    crawling_exa | Extract content from specific URLs
    sequentialthinking | A tool for dynamic problem solving
    list_allowed_directories | Returns the directories
    get_file_info | Retrieve metadata about a file
    search_files | Recursively search for files
    browser_snapshot | Capture accessibility snapshot of the current page
    browser_network_requests | Returns all network requests
    get_console_message | Gets a console message
    performance_analyze_insight | Provides more detailed information on an insight
    list_pages | Get a list of pages open in the browser
    get_design_system_rules | Provides a prompt to generate design system rules
    datetime | Returns the date and time
    timezone_lookup | Look up a timezone
    geocode_address | Geocode
    exchange_rate | Returns the exchange rate
    word_count | Counts words
    diff_text | Compares two texts
    validate_json | Validates JSON
    format_json | Formats JSON
    json_schema | Returns the schema
    aws_pricing | Returns prices
    get_pricing | Get pricing
    list_invoices | Lists what an account will be billed for
    describe_instances | Describes instances. Listing them incurs no costs.
    cost_explorer_summary | Returns a summary of costs
    get_cost_and_usage | Retrieve AWS cost and usage data
    cloudwatch_get_metric_data | Retrieves data
    search_documentation | Search AWS documentation
    recommend | Get content recommendations for an AWS documentation page
    list_functions | List functions
    hackernews_top | Gets the top stories
    get_story | Returns a story
    nba_scores | Returns the scores of today
    astronomy_picture | Returns NASA's picture of the day
    apod | Returns the picture of the day
    recipes | Find recipes
    movie_details | Get movie details
    crypto_price | Returns the price
    news | Returns headlines
    holidays | Lists holidays
    thesaurus | Finds synonyms
    sunrise_sunset | Returns the times of sunrise and sunset
    ip_geolocation | Looks up where an IP is
    dns_lookup | Looks up DNS records
    whois | WHOIS
    ssl_certificate | Checks a certificate
    npm_package | Returns information about a package
    cve_details | Returns details of a CVE
    tree | Shows the tree of a directory
    codebase_overview | Returns an overview
    repo_map | Returns a map of a repository
    check_types | Checks types
    get_diagnostics | Returns diagnostics
    definition | Returns the definition
    references | Finds references
    memory_search | Searches memories
    vector_search | Searches vectors
    qdrant-find | Find
    download_artifact | Get an artifact
    list_store_products | Lists products of a store
    get_store | Gets a store
    search_stores | Finds stores
    get_delete_markers | Lists delete markers
    plot_line_chart | Draws a line chart
    generate_pie_chart | Generate a pie chart for proportions
    render_mermaid | Renders a diagram
    get_token_price | Price
    get_balance | Get the balance
    estimate_gas | Estimates gas
    simulate_transaction | Simulates
    list_admins | Lists admins
    get_public_key | Gets the public key
    check_firewall_status | Status
    get_security_policy | Policy
  `,
  write: `
    create_pull_request | Open a new pull request
    update_issue | Update an issue
    create_branch | Create a new branch
    fork_repository | Fork
    add_label | Adds a label
    create_label | Creates
    set_status | Sets the status
    write_file | Write
    create_directory | Create
    jira_add_comment | Adds a comment
    create_spreadsheet | Creates
    add_row | Adds a row
    schedule_message | Schedules a message
    log_expense_note | Logs
    upload_document | Upload
    publish_post | Publish
    set_variable | Sets
    mute_alert | Mutes
    assign_reviewers | Assign
    update_role_description | Updates
    invite_member | Invites
    add_member | Adds
    create_backup_policy | Creates
    enable_versioning | Enables
    enable_mfa | Enables
    store_memory | Stores
    tag_resource | Tags
    slack_post_message | Post a new message to a Slack channel
    slack_add_reaction | Add a reaction emoji to a message
    replace_symbol_body | Replaces the body of a symbol
    insert_after_symbol | Inserts content after a symbol
    create_issue | Create a new issue
    add_issue_comment | Add a comment
    jira_transition_issue | Transition an issue
    insert-many | Insert an array of documents
    update_dashboard | Create or update a dashboard
    create_customer | Create a customer
    create_coupon | Create a coupon
    notion-create-pages | Create pages
    create_event | Create an event
    send_email | Send an email
    draft_email | Draft an email
    rename_symbol | Renames a symbol
    memory_store | Stores a memory
    create_entities | Create entities
    qdrant-store | Store
    upload_file | Uploads a file
    merge_cells | Merge cells
    batch_update_cells | Updates cells
    set_log_level | Sets the level of logs
    create_public_gist | Creates a gist
    update_profile | Updates
    assign_owner_to_issue | Assigns
    set_reminder | Sets a reminder
    create_backup | Creates a backup
    track_event | Tracks an event
  `,
  destructive: `
    drop-collection | Removes a collection
    delete-many | Removes all documents that match the filter
    kubectl_delete | Delete resources
  `,
  execute: `
    kubectl_apply | Apply a manifest
  `,
  financial: `
    create_cluster | Create a cluster. This incurs costs.
    create_replica | Creates a replica of a database, for which you will be billed
    provision_gpu | Starts an instance. Billable by the hour.
    text_to_speech | COST WARNING: this calls an API which may incur costs
    thing | Charges may apply
    create_refund | Refund a payment
    create_payment_link | Create a payment link
  `,
};

const WITH_PARAMETERS: readonly [ToolDefinition, Category][] = [
  [
    withParameters('edit_file', { path: '', old: '', new: '', dryRun: { type: 'boolean' } }, 'Edits a file'),
    'write',
  ],
  [
    withParameters(
      'update_contact',
      { clear_phone: { type: 'boolean' }, remove_tags: { type: 'boolean' } },
      'Update',
    ),
    'write',
  ],
  [withParameters('create_meeting', { amount_of_people: { type: 'number' }, to: '' }, 'Create'), 'write'],
  [withParameters('send_sms', { to: '', body: '' }, 'Sends a text'), 'write'],
  [
    withParameters('create_product', { price: { type: 'number' }, currency: '' }, 'Creates a product'),
    'write',
  ],
  [
    withParameters('create_price', { unit_amount: { type: 'number' }, currency: '' }, 'Creates a price'),
    'write',
  ],
  [withParameters('create_budget', { amount: { type: 'number' }, account: '' }, 'Creates'), 'write'],
  [withParameters('transfer_issue', { from: '', to: '' }, 'Transfers an issue'), 'write'],
  [withParameters('move_card', { from_list: '', to_list: '' }, 'Moves a card'), 'write'],
  [withParameters('create_webhook', { url: '', events: { type: 'array' } }, 'Creates'), 'write'],
  [
    withParameters('create_user', { role: { type: 'string', enum: ['admin', 'member'] } }, 'Creates a user'),
    'write',
  ],
  [
    withParameters('get_price', { amount: { type: 'number' }, to_currency: '', from_currency: '' }, 'Price'),
    'read',
  ],
  [
    withParameters(
      'convert_currency',
      { amount: { type: 'number' }, from: '', to: '', currency: '' },
      'Converts',
    ),
    'read',
  ],
  [withParameters('get_quote', { amount: '', to: '' }, 'Quote'), 'read'],
  [withParameters('search', { query: 'The search query to run' }, 'Search'), 'read'],
  [withParameters('search_docs', { query: 'Query to execute' }, 'Search'), 'read'],
  [
    withParameters(
      'find_files',
      { pattern: 'Glob', exclude: { type: 'array' }, clear_cache: { type: 'boolean' } },
      'Find',
    ),
    'read',
  ],
  [withParameters('list_pods', { label_selector: '', watch: { type: 'boolean' } }, 'List'), 'read'],
  [withParameters('read_resource', { uri: '' }, 'Reads'), 'read'],
  [
    withParameters('get_page_content', { selector: 'CSS selector', javascript: { type: 'boolean' } }, 'Gets'),
    'read',
  ],
  [withParameters('scrape', { url: '', wait_for_selector: '' }, 'Scrapes a page'), 'read'],
  [
    withParameters(
      'describe_instances',
      {
        filters: {
          type: 'array',
          items: { type: 'object', properties: { name: '', values: { type: 'array' } } },
        },
      },
      'Describe',
    ),
    'read',
  ],
  [withParameters('get_workflow', { run_id: { type: 'number' } }, 'Gets'), 'read'],
  [withParameters('get_script', { script: 'Name of the script' }, 'Gets a script'), 'read'],
  [withParameters('get_command_output', { command_id: '' }, 'Gets the output'), 'read'],
  [withParameters('get_function', { function: 'Function name' }, 'Gets'), 'read'],
  [withParameters('get_code', { file: '' }, 'Gets code'), 'read'],
  [withParameters('count_tokens', { text: '' }, 'Counts'), 'read'],
  [withParameters('list_hooks', { hook: 'Hook name to filter by' }, 'Lists'), 'read'],
  [
    withParameters('get_log_events', { action: { type: 'string', enum: ['create', 'delete'] } }, 'Gets'),
    'read',
  ],
  [
    withParameters(
      'list_activity',
      { action: { type: 'string', description: 'Filter by action: create, update or delete' } },
      'Lists',
    ),
    'read',
  ],
  [withParameters('get_changes', { mode: { type: 'string', enum: ['full', 'delta'] } }, 'Gets'), 'read'],
  [withParameters('list_issues', { state: { type: 'string', enum: ['open', 'closed'] } }, 'Lists'), 'read'],
  [
    withParameters('lookup_address', { code: { type: 'string', description: 'Postal code' } }, 'Looks up'),
    'read',
  ],
  [withParameters('translate', { text: '', to: '' }, 'Translates text'), 'read'],
  [
    withParameters(
      'firecrawl_scrape',
      {
        url: '',
        formats: { type: 'array' },
        onlyMainContent: { type: 'boolean' },
        removeBase64Images: { type: 'boolean', description: 'Remove base64 images from output' },
        waitFor: { type: 'number', description: 'Time to wait for JavaScript to execute' },
      },
      'Scrape content from a single URL with advanced options',
    ),
    'read',
  ],
  [
    withParameters(
      'fetch',
      { url: '', max_length: { type: 'integer' }, raw: { type: 'boolean' } },
      'Fetches a URL from the internet and optionally extracts its contents as markdown',
    ),
    'read',
  ],
  [withParameters('execute_shell_command', { command: '' }, 'Execute a shell command'), 'execute'],
  [
    withParameters(
      'list_issues',
      {
        state: { type: 'string', enum: ['open', 'closed', 'all'] },
        direction: { type: 'string', enum: ['asc', 'desc'] },
      },
      'List issues',
    ),
    'read',
  ],
  [withParameters('search_code', { q: 'Search query' }, 'Search code'), 'read'],
  [withParameters('jira_search', { jql: 'JQL query string' }, 'Search issues with JQL'), 'read'],
  [
    withParameters(
      'explain_query',
      { sql: 'SQL query to explain' },
      'Explains the execution plan for a SQL query',
    ),
    'read',
  ],
  [withParameters('analyze_db_health', { health_type: '' }, 'Analyzes database health'), 'read'],
  [
    withParameters(
      'find',
      { database: '', collection: '', filter: { type: 'object', description: 'The query filter' } },
      'Run a find query against a MongoDB collection',
    ),
    'read',
  ],
  [
    withParameters(
      'query_prometheus',
      { expr: 'The PromQL expression to query' },
      'Query Prometheus using a PromQL expression',
    ),
    'read',
  ],
  [withParameters('list_events', { calendarId: '', timeMin: '' }, 'List calendar events'), 'read'],
  [withParameters('search_emails', { query: '' }, 'Search emails with Gmail query syntax'), 'read'],
  [
    withParameters(
      'browser_console_messages',
      { onlyErrors: { type: 'boolean' } },
      'Returns all console messages',
    ),
    'read',
  ],
  [
    withParameters(
      'browser_evaluate',
      { function: '() => { /* code */ }' },
      'Evaluate JavaScript expression on page',
    ),
    'execute',
  ],
  [
    withParameters(
      'currency_converter',
      { amount: { type: 'number' }, from: '', to: '' },
      'Converts an amount between currencies',
    ),
    'read',
  ],
  [withParameters('lint', { path: '' }, 'Runs the linter'), 'read'],
  [
    withParameters(
      'has_permission',
      { permission: { type: 'string', enum: ['read', 'write', 'delete'] } },
      'Checks whether a user may',
    ),
    'read',
  ],
  [
    withParameters(
      'list_audit_events',
      { action: { type: 'string', enum: ['create', 'read', 'update', 'delete'] } },
      'List audit events',
    ),
    'read',
  ],
  [
    withParameters(
      'search_logs',
      { operation: { type: 'string', enum: ['get', 'put', 'delete'] } },
      'Search logs',
    ),
    'read',
  ],
  [withParameters('get_help', { command: 'The command to get help for' }, 'Shows help'), 'read'],
  [
    withParameters(
      'explain_command',
      { command: 'The shell command to explain' },
      'Explains a shell command',
    ),
    'read',
  ],
  [withParameters('get_code_owner', { code: 'Project code' }, 'Gets the owner'), 'read'],
  [withParameters('lookup_zip', { code: 'The postal code' }, 'Looks up'), 'read'],
  [
    withParameters(
      'list_runs',
      { deleted: { type: 'boolean' }, include_deleted: { type: 'boolean' } },
      'Lists runs',
    ),
    'read',
  ],
  [
    withParameters(
      'get_messages',
      { includeDeleted: { type: 'boolean' }, show_removed: { type: 'boolean' } },
      'Gets messages',
    ),
    'read',
  ],
  [
    withParameters(
      'get_page',
      {
        clean: { type: 'boolean', description: 'Remove boilerplate from the output' },
        remove_ads: { type: 'boolean' },
      },
      'Gets',
    ),
    'read',
  ],
  [withParameters('get_sheet_data', { range: '' }, 'Gets cells'), 'read'],
  [withParameters('send_transaction', { to: '', amount: '' }, 'Sends a transaction'), 'financial'],
];

describe('tools of honest servers', () => {
  const plain = (Object.entries(PLAIN) as [Category, string][]).flatMap(([category, lines]) =>
    tools(category, lines),
  );
  it.each([...plain, ...WITH_PARAMETERS].map(([tool, category]) => [tool.name, category, tool] as const))(
    '%s is %s',
    (_name, category, tool) => {
      expect(classify(tool)).toMatchObject({ category, known: true });
    },
  );
});
