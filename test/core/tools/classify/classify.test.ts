import { describe, expect, it } from 'vitest';
import type { Category } from '../../../../src/core/tools/category.js';
import { classify } from '../../../../src/core/tools/classify/classify.js';

const NAMES: { readonly [name in Category]: string } = {
  read:
    'get_file_info list-issues searchUsers DescribeTable read_query fetch issue_read pull_request_read pods_log git_status order_list ' +
    'gateway.get asana_batch_get_tasks get_build list_deploy_keys get_refund list_invoices show_subscription_details query_metrics ' +
    'directory_tree browser_take_screenshot bedrock_kb_retrieve get_post check_health list_deleted_files ' +
    'get_password_reset_status health_check validate_template wait_for echo',
  write:
    'create_api_key add_inline_policy update_event calendar.update_event issue_write set_config_value send_message move_file ' +
    'mark_all_notifications_read update_read_status create_or_update_file get_or_create_user search_and_replace search_replace ' +
    'manage_notification_subscription create_subscription_plan generate_invoice_qr_code create_work_item create_password_reset ' +
    'share_list export_search_results post_status create_topic_subscription frobnicate x 1 mystery_tool user_data gеt_user',
  execute:
    'execute run_command pods_exec exec build_image start_process stop_container browser_click navigate tf_apply deploy_site invoke_lambda ' +
    'actions_run_trigger policy_generation_start query execute_query query_sql raw_query bash terminal_command send_command ' +
    'fetch_and_run promote rollback_release rebootBroker restart get_or_execute',
  destructive:
    'delete_broker pods_delete DeleteAHOBatch delete policy_delete remove_image drop_table purge_queue clear_graph git_reset helm_uninstall ' +
    'Database_CRUD_Tool tf_destroy deletefile fetch_delete_message read_then_purge get_and_remove terminate_instances account_deletion ' +
    'del\u200bete_user ｄｅｌｅｔｅ_user list_or_drop',
  financial:
    'create_payment pay_order create_refund send_invoice create_payment_link create-credit-note create-bank-transaction cancel_subscription ' +
    'create_order place_order fund_transfer transfer_funds accept_dispute_claim delete_invoice charge_card buy_shares refund ' +
    'payment approve_payments',
};
const RISKS = {
  read: 'low',
  write: 'medium',
  execute: 'high',
  destructive: 'critical',
  financial: 'critical',
};

describe('classify', () => {
  const table = Object.entries(NAMES).flatMap(([category, names]) =>
    names.split(' ').map((name) => [name, category] as const),
  );
  it.each(table)('%s is %s', (name, category) => {
    expect(classify({ name }).category).toBe(category);
  });

  it.each(Object.entries(RISKS))('the risk of %s is %s', (category, risk) => {
    const [name = ''] = NAMES[category as Category].split(' ');
    expect(classify({ name }).risk).toBe(risk);
  });

  it.each<[string, string]>([
    ['get_file', '"get" in the name'],
    ['fetch_and_delete', '"delete" in the name'],
    ['create_payment_link', '"payment link" in the name'],
    ['frobnicate', 'nothing shows for certain what it does'],
    ['', 'nothing shows for certain what it does'],
  ])('%s because %s', (name, because) => {
    expect(classify({ name }).evidence).toEqual([because]);
  });
});
