import { describe, expect, it } from 'vitest';
import type { Category } from '../../../../../src/core/tools/category.js';
import { classify } from '../../../../../src/core/tools/classify/classify.js';

/** What names alone say: a row of names, and what kind of name they are. */
const ROWS: readonly [kind: string, category: Category, names: string][] = [
  [
    'a verb of reading',
    'read',
    'get_x list_things searchPeople DescribeVolume fetch-page lookup_word count_rows validate_form whoami',
  ],
  [
    'the noun first',
    'read',
    'pods_list issue_read invoice_get pipeline-list trade_get_history deploy_get_status job_list purchase_invoice_list erp_purchase_order_get model_eval_list_runs',
  ],
  [
    'nouns that look like verbs',
    'read',
    'list_updates get_delete_protection run_history build_status call_history list_kill_events get_drop_policy order_details read_write_permissions get_reset_history',
  ],
  ['participles', 'read', 'list_deleted_files get_archived_items show_removed_rows list_executed_jobs'],
  [
    'a rehearsal',
    'read',
    'preview_delete simulate_purchase can_delete validate_purge dry_run_deploy explain_delete estimate_transfer',
  ],
  ['a search that is run', 'read', 'start_search run_research perform_lookup execute_search run_comparison'],
  [
    'languages that only ask',
    'read',
    'query_metrics query_loki_logs run_log_query execute_promql_query run_select_query execute_readonly_sql',
  ],
  ['pictures', 'read', 'take_screenshot browser_take_snapshot page_screenshot'],
  [
    'no verb, but a thing that is read',
    'read',
    'git_status directory_tree weather_forecast file_info server_version account_balance sequentialthinking',
  ],
  ['glued', 'read', 'getweather listfiles searchusers'],
  ['two words that are one verb', 'read', 'look_up_word test_connection test_credentials'],
  ['other languages', 'read', 'obtener_clima lister_fichiers buscar_produtos benutzer_auflisten cerca_file'],

  [
    'a verb of writing',
    'write',
    'create_access_list create_x update-y setZ AddMember rename_file upload_image mark_as_read assign_ticket archive_card',
  ],
  [
    'what is taken back',
    'write',
    'unassign_user unapprove_request detach_policy revert_change unpin_message undelete_file',
  ],
  [
    'a second verb',
    'write',
    'get_or_create_label search_and_replace find_and_update fetch_then_save read_write_file',
  ],
  ['two words that are one verb', 'write', 'check_in check_out sign_up log_in opt_out'],
  [
    'money that does not move',
    'write',
    'create_payment_method update_invoice_template create_subscription_topic set_price create_coupon create_work_order transfer_issue transfer_ownership create_transaction_query subscribe_channel',
  ],
  [
    'things applied and merged',
    'write',
    'remove_background clean_html unlock_issue apply_label apply_formatting merge_cells merge_pdfs merge_contacts',
  ],
  [
    'nothing certain',
    'write',
    'frobnicate manage_things handle_it process x 1 thing_helper gеt_user release_notes',
  ],
  ['glued', 'write', 'createuser updaterow sendmail'],
  [
    'other languages',
    'write',
    'crear_nota actualizar_ficha envoyer_message erstelle_termin criar_pasta créer_page hinzufügen',
  ],

  [
    'a verb of running',
    'execute',
    'run_job run_task trigger_event deploy_function run_x exec startService stop-container rebootNode deploy_site trigger_build invokeFunction promote_release rerun_job',
  ],
  ['the noun first', 'execute', 'pods_exec worker_deploy workflow_run job_trigger process_start'],
  [
    'free languages',
    'execute',
    'query run_sql executeSQL graphql_query raw_query sql mysql_query run_cypher_query send_command write_stdin run_analysis_script',
  ],
  [
    'calls that can be any call',
    'execute',
    'http_request call_api raw_request make_api_request send_raw_request',
  ],
  [
    'driving',
    'execute',
    'browser_click browser_fill page_select_option browser_drop drag_and_drop press_key simulate_keypress tap_screen open_browser',
  ],
  [
    'devices',
    'execute',
    'turn_on_light unlock_door answer_call open_garage lock_door pause_playback resume_job activate_scene',
  ],
  ['a thing that runs once it is there', 'execute', 'create_deployment create_pipeline create_run'],
  [
    'a second verb',
    'execute',
    'fetch_and_run run_and_wait click_and_read build_then_list get_or_execute notify_and_deploy list_then_restart',
  ],
  ['two words that are one verb', 'execute', 'roll_back shut_down kick_off'],
  ['other languages', 'execute', 'ejecutar_comando lancer_script ausführen esegui_codice reiniciar_servidor'],

  [
    'a verb of destroying',
    'destructive',
    'delete_x removeUser DROP_TABLE purge-cache clear_all reset_db wipeDisk uninstall_app revoke_key terminateVm forget',
  ],
  ['the noun first', 'destructive', 'pods_delete kv_namespace_delete account_deletion user-remove'],
  [
    'it comes after a mild verb',
    'destructive',
    'get_and_remove fetch_delete_message read_then_purge list_or_drop update_or_delete bulkDelete softDelete tryDelete',
  ],
  [
    'glued or disguised',
    'destructive',
    'deletefile removeuser del\u200bete_user ｄｅｌｅｔｅ_user DeleteAHOBatch',
  ],
  ['two words that are one verb', 'destructive', 'clean_up_branches tear_down_stack'],
  ['a disk is formatted', 'destructive', 'format_disk format_drive'],
  [
    'other languages',
    'destructive',
    'eliminar_usuario supprimer_fichier datei_löschen excluir_conta borrar_todo rimuovi_file',
  ],

  [
    'payments',
    'financial',
    'create_payment pay capture_payment void_payment collect_payment receive_payments return_order fund_wallet issue_refund charge_card request_payout withdraw approve_payments payment',
  ],
  [
    'bills',
    'financial',
    'create_invoice finalize_invoice send-invoice void_invoice delete_invoice create_bill create-credit-note create_invoice_item create_expense',
  ],
  [
    'orders',
    'financial',
    'create_order placeOrder cancel_order market_buy create_limit_order close_position buy_shares purchase_domain',
  ],
  [
    'subscriptions',
    'financial',
    'create_subscription cancel_subscription subscribe_plan upgrade_plan renew_subscription',
  ],
  [
    'transfers',
    'financial',
    'transfer_funds sol_transfer bank_transfer send_btc swap_tokens stake mint_nft bridge_tokens sign_and_send_transaction claim_rewards mark_as_paid add_funds confirm_transfer top_up_account',
  ],
  ['other languages', 'financial', 'pagar_conta comprar_entrada payer_facture rembourser überweisen'],
];

const table = ROWS.flatMap(([kind, category, names]) =>
  names.split(' ').map((name) => [kind, name, category] as const),
);

describe('what a name says', () => {
  it.each(table)('%s: %s is %s', (_kind, name, category) => {
    expect(classify({ name }).category).toBe(category);
  });

  it.each([
    ['get_file', ['"get" in the name']],
    ['fetch_and_delete', ['"delete" in the name']],
    ['create_payment_link', ['"payment link" in the name']],
    ['git_log_note', ['"note" in the name']],
    ['frobnicate', ['nothing shows for certain what it does']],
    ['', ['nothing shows for certain what it does']],
    ['purge_and_delete', ['"delete" in the name']],
  ])('%s because %j', (name, evidence) => {
    expect(classify({ name }).evidence).toEqual(evidence);
  });

  it('quotes a word that has no end only as far as it fits a sentence', () => {
    const [because = ''] = classify({
      name: `delete${'x'.repeat(10_000)}`,
      description: 'y'.repeat(9_000),
    }).evidence;
    expect(because.length).toBeLessThan(80);
  });
});
