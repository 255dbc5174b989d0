import type { ToolDefinition } from '../../../../src/core/tools/definition.js';
import { type Case, oneOf, tools, withParameters } from './classify-tools.js';

/**
 * Tools of servers that do not exist, written for this list and labelled by what they would do: the worst that one
 * ordinary call can. They are described as real ones are, with their parameters and sometimes more words than needed.
 */
export const LABELLED: readonly Case[] = [
  ...tools(
    'read',
    `
    list_greenhouses | Lists all greenhouses of the nursery with their current temperature.
    get_greenhouse | Get one greenhouse by its id, including humidity and the date of the last watering.
    search_plants | Search plants by Latin or common name. Returns at most 50 matches.
    describe_irrigation_plan | Describes the irrigation plan of a bed.
    count_seedlings | Counts seedlings per tray.
    lookup_pest | Looks up a pest by its symptoms.
    get_frost_forecast | Returns the frost forecast for the next seven nights.
    find_berths | Find free berths in a harbour for a given length.
    get_tide_table | Gets the tide table of a harbour.
    list_vessel_positions | List the last known positions of vessels, newest first.
    vessel_status | Returns the status of a vessel
    compare_routes | Compares two routes by distance and expected duration.
    read_logbook_page | Reads one page of the logbook.
    list_choir_members | Lists members with their voice.
    get_rehearsal_schedule | Returns when and where the choir meets.
    search_scores | Full-text search in the score library.
    get_recording_url | Get a temporary link under which a recording can be listened to.
    validate_floor_plan | Checks a floor plan against the building code and reports violations.
    list_invoices | Lists the invoices of a tenant.
    get_rent_balance | Shows what a tenant owes.
    preview_lease | Renders a preview of a lease.
    show_meter_readings | Shows readings of water and power meters.
    check_stock | Check how many of an article are in stock.
    get_parcel_tracking | Returns each stop of a parcel so far.
    estimate_delivery_time | Estimates when a parcel will arrive.
  `,
  ),
  ...tools(
    'write',
    `
    create_greenhouse | Creates a greenhouse.
    update_irrigation_plan | Changes the irrigation plan of a bed.
    add_seedling_tray | Adds a tray of seedlings to a bench.
    rename_bed | Renames a bed.
    assign_gardener | Assigns a gardener to a task.
    label_plant | Puts a label on a plant in the catalogue.
    append_logbook_entry | Appends an entry to the logbook.
    reserve_berth | Reserves a berth for a vessel. Needs the length of the vessel.
    set_destination | Sets the destination of a vessel.
    post_notice | Posts a notice on the board of the harbour.
    invite_choir_member | Invites somebody to the choir by mail.
    upload_score | Uploads a score to the library.
    schedule_rehearsal | Schedules a rehearsal and tells all members.
    comment_on_recording | Adds a comment to a recording.
    save_floor_plan | Saves a floor plan under a new name.
    submit_meter_reading | Submits the reading of a meter.
    send_reminder | Sends a reminder to a tenant.
    tag_parcel | Tags a parcel as fragile.
    edit_article_description | Edits the description of an article in the shop.
    mark_as_read | Marks messages as read.
  `,
  ),
  ...tools(
    'execute',
    `
    run_watering_cycle | Runs a watering cycle in a greenhouse right now.
    start_pump | Starts a pump.
    stop_heater | Stops a heater.
    reboot_controller | Reboots the controller of a greenhouse.
    deploy_firmware | Deploys firmware to all sensors of a site.
    execute_macro | Executes a recorded macro on the bridge.
    trigger_horn | Triggers the horn of a vessel.
    launch_simulation | Launches a simulation of the harbour.
    run_shell_on_sensor | Runs a shell command on a sensor and returns what it prints.
    install_plugin | Installs a plugin into the score editor.
    restart_print_queue | Restarts the print queue.
    evaluate_formula_script | Evaluates a script in the sandbox of the spreadsheet.
  `,
  ),
  ...tools(
    'destructive',
    `
    delete_greenhouse | Deletes a greenhouse with everything in it. This cannot be undone.
    remove_seedling_tray | Removes a tray.
    purge_logbook | Purges all entries of the logbook that are older than a year.
    drop_sensor_table | Drops the table of a sensor.
    clear_notice_board | Clears the board.
    revoke_harbour_pass | Revokes a pass at once.
    erase_recording | Erases a recording from all copies.
    wipe_controller | Wipes the memory of a controller.
    truncate_meter_history | Truncates the history of a meter.
    unregister_vessel | Unregisters a vessel.
    terminate_lease | Terminates a lease at the end of the month.
    bulk_delete_parcels | Deletes many parcels.
  `,
  ),
  ...tools(
    'financial',
    `
    pay_harbour_dues | Pays the dues of a berth from the account of the vessel.
    refund_ticket | Refunds a concert ticket to the card that it was bought with.
    charge_tenant | Charges the rent to a tenant.
    purchase_seeds | Purchases seeds from the supplier that is cheapest today.
    transfer_deposit | Transfers a deposit to another account.
    buy_shares | Buys shares of a cooperative at the market price.
    withdraw_earnings | Withdraws earnings to a bank account.
    create_payment_for_order | Creates a payment for an order.
  `,
  ),
  ...withTheirParameters(),
];

/** Tools of which only the parameters show the worst. */
function withTheirParameters(): Case[] {
  const cases: [ToolDefinition, Case[1]][] = [
    [
      withParameters('query_sensors', { site: 'The site', limit: { type: 'integer' } }, 'Queries sensors.'),
      'read',
    ],
    [
      withParameters(
        'plant',
        { action: oneOf('list', 'get', 'delete'), id: 'The plant' },
        'Works with plants.',
      ),
      'destructive',
    ],
    [
      withParameters('berth', { operation: oneOf('get', 'reserve', 'update') }, 'Manages one berth.'),
      'write',
    ],
    [
      withParameters('catalogue', { action: oneOf('search', 'get', 'count') }, 'Looks into the catalogue.'),
      'read',
    ],
    [
      withParameters('sensor_console', { command: 'The command to run' }, 'A console of a sensor.'),
      'execute',
    ],
    [
      withParameters('account', { action: oneOf('balance', 'transfer', 'list') }, 'The account of a vessel.'),
      'financial',
    ],
  ];
  return cases;
}
