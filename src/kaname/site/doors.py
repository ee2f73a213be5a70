"""Every address of the office and who comes through it. An address that is missing here is not opened.

PUBLIC everyone; PERSON who is logged in; CASE who may know of the case in the address; ADMIN who administers;
TOKEN programs, whose token and scopes the API asks for itself. A name that ends with ":" covers a whole namespace.
"""

from kaname.access.gate.doors import Rule

PUBLIC, PERSON, CASE, ADMIN, TOKEN = Rule.PUBLIC, Rule.PERSON, Rule.CASE, Rule.ADMIN, Rule.TOKEN

_BY_RULE = {
    PUBLIC: """
        account_login account_logout account_inactive account_signup welcome
        mfa_authenticate mfa_login_webauthn
        openid_connect_login openid_connect_callback socialaccount_login_cancelled socialaccount_login_error
        socialaccount_signup socialaccount_connections
        openapi healthz help glossary glossary_term parts settings language read_day
        vendor_invitation calendar_feed
    """,
    PERSON: """
        account_reauthenticate account_change_password account_set_password kept key_first
        mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_reauthenticate_webauthn
        mfa_list_webauthn mfa_add_webauthn mfa_remove_webauthn mfa_edit_webauthn
        mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes
        sessions tokens token_end
        task_views task_view_save task_view_change task_absence task_absence_end task_marks task_undo task_bulk
        task_load task_jobs task_job task_change task_act task_sample
        task_do
        notices notices_settings notices_feed webhooks webhook_end message_again
        document upload anchors anchor_file verifier alarms keeping
        go tour
        inbox cases letters new_package new new_case new_check new_sheet search compartments compartment
        screening screening_result screening_columns screening_answer screening_download screening_discard
        screening_open
        planner planner_ics planner_fork designations renewals sharing statistics docket
        ownership ownership_source ownership_discard ownership_bods ownership_companies ownership_company
        ownership_drawing ownership_holders ownership_why
        evidence evidence_table evidence_discard evidence_product evidence_why evidence_sheet evidence_carry
        evidence_figures evidence_record evidence_compare evidence_dependence
        shocks shock_table shock_discard shock_figures shock_record shock_carry
        shock_worth plan_worth_discard shock_run_begin shock_run shock_run_do shock_run_figures
        passports passport passport_task passport_sign passport_version passport_share passport_withdraw
        passport_file plan_vendor_file
        plan_board plan_change plan_scope sectors sector operators
        names names_lists names_list_discard names_result names_pair names_download names_discard
        vendors_across vendor_across
        penalties act_timeline outreach outreach_answers
        supply supply_board supply_change supply_surveys supply_survey_send products product
        supply_applications supply_application supply_application_check supply_application_file supply_application_part
        supply_funds supply_register supply_pdca supply_effect supply_data supply_table supply_discard
        plans plan plan_facility plan_measures plan_upload plan_parts plan_vendors plan_vendor plan_checked
        plan_handover plan_line
        glance glance_page glance_records glance_csv glance_report glance_slides glance_changes glance_dryrun
        technology technology_board technology_one technology_concepts technology_calls technology_projects
        technology_rooms technology_secrecy
        consultations
    """,
    CASE: """
        custody custody_decided custody_request custody_measures custody_leak
        case case_notes case_checklist case_usual case_acts case_history case_papers case_sealed case_people case_flow
        letter letter_draft letter_whole letter_issue letter_issued act_sheet package case_package
        paper paper_page paper_picture paper_small
        act act_check receipt why why_ics try measures requirements case_upload vendor_disclosure
        supply_technology supply_technology_measure supply_worth
        vendor_file
        council_room council_leave technology_project
        consultation consultation_ask consultation_check consultation_begin consultation_answer
    """,
    ADMIN: """
        task_absences task_absence_clear
        people person person_new person_invite person_end mandate_new mandate_end offices office_keys
        compartment_new checklists lost
        admin:
    """,
    TOKEN: """
        api:
    """,
}

# Doors of cases of one kind: a case of another kind has no such page, also for who may know of it.
_BY_KIND = {
    "supply.plan": "supply_technology supply_technology_measure supply_worth api:supply_technology",
    "technology.council": "council_room council_leave",
    "technology.project": "technology_project",
    "general.inquiry": "consultation_begin consultation_answer",
}

OF_KIND = {name: kind for kind, names in _BY_KIND.items() for name in names.split()}
DOORS = {name: rule for rule, names in _BY_RULE.items() for name in names.split()}
