"""What paper each act of the Act is: which acts are notices of an authority and of which sort, which are filings of a
party, which are no paper at all. Every act of every kind stands here once, under its own name (`aliases` are not).

A line of an inventory: the procedures, each with its acts. A test compares it with the declarations and the facts.
"""

from collections.abc import Mapping

PATENTS: dict[str, str] = {
    "correction": "security_review: ask_correction",
    "request":
        "first_review: ask_materials; security_review: ask_state_bodies ask_outside_expert; reports_inspection: "
        "ask_report",
    "inquiry": "security_review: consult_agencies; prior_confirmation: refer",
    "answer": "prior_confirmation: answer_outside pm_answers answer_cleared answer_not_cleared",
    "extension": "designation: extend",
    "recommendation": "recommendation_order: recommend",
    "order": "recommendation_order: order urgent_order",
    "hearing": "security_review: hear_applicant start_termination; designation: hear_before_extension",
    "transmittal": "first_review: send",
    "sending": "first_review: notify_sent",
    "non_sending": "first_review: notify_nonsend",
    "intention": "security_review: notify_intention",
    "no_designation": "security_review: decide_no_need decline",
    "designation": "designation: designate",
    "lifting": "designation: lift",
    "end_notice": "designation: notify_end",
    "permission": "working_permit: permit permit_conditions; sharing_operator_change: approve",
    "refusal": "working_permit: refuse; sharing_operator_change: refuse; prior_confirmation: reject_has_application",
    "dismissal": "dismissal_service: dismiss",
    "decision": "security_review: terminate; compensation: decide",
    "inspection": "reports_inspection: inspect",
    "notice":
        "first_review: report_withdrawal report_assignment report_dismissal; disclosure_ban_designated: "
        "notify_dismissal_fit; foreign_filing_ban: pct_notice notify_dismissal_fit; working_permit: "
        "notify_dismissal_fit",
    "public": "guideline: publish",
    "application":
        "first_review: request_review request_nonsend_notice; working_permit: apply; sharing_operator_change: "
        "apply_new; patent_act_special: exam_request; prior_confirmation: request; compensation: claim",
    "filing": "first_review: file; security_review: convert; sharing_operator_change: notify_change",
    "report": "proper_management: leak_report; reports_inspection: answer",
    "submission":
        "first_review: file_translation file_reference_papers supplement_missing_part supply_materials; "
        "security_review: answer_keep correct explain",
    "withdrawal": "first_review: gone_before_sending; security_review: withdraw",
    "deed":
        "disclosure_ban_review: publish; disclosure_ban_designated: disclose; foreign_filing_ban: file_abroad "
        "becomes_public; working_permit: deceit work_without; proper_management: notice_leak; "
        "sharing_operator_change: deceit; reports_inspection: obstruct; prior_confirmation: file_abroad",
    "record":
        "first_review: exclude_pct repeat_filer start_review decline_clearly_unneeded judge_not_sent; "
        "security_review: receive drop_termination; foreign_filing_ban: release_cleared_answer; proper_management: "
        "implement found_deficient restored; sharing_operator_change: change; patent_act_special: "
        "become_priority_base publish_application decide_application utility_model_hold register_utility_model; "
        "recommendation_order: comply; dismissal_service: serve; later_applicant_licence: begin_working "
        "refusal_final acquire pay; compensation: sue judgment_final; guideline: draft decide revise",
}  # fmt: skip

INFRASTRUCTURE: dict[str, str] = {
    "acceptance": "introduction_plan: accept; entrusted_maintenance_plan: accept; plan_change: accept",
    "correction": "introduction_plan: return; entrusted_maintenance_plan: return; plan_change: return",
    "request": "designation: ask_report; information_and_cooperation: ask; report_inspection: request",
    "inquiry": "consultation_with_pm: voluntary mandatory",
    "answer": "prior_consultation: advise",
    "opinion": "consultation_with_pm: opinion",
    "information": "information_and_cooperation: give",
    "extension": "extension_shortening: extend",
    "shortening": "extension_shortening: shorten",
    "recommendation": "recommendation_order: issue; post_recommendation: recommend",
    "order": "recommendation_order: order; post_recommendation: order",
    "designation": "designation: designate",
    "lifting": "designation: lift",
    "inspection": "report_inspection: inspect",
    "public": "designation: republish",
    "application": "prior_consultation: ask",
    "filing":
        "designation: name_notice; introduction_plan: file; entrusted_maintenance_plan: file; emergency: file; "
        "plan_change: propose file_emergency; recommendation_order: accept refuse file_changed; "
        "post_recommendation: reply refuse",
    "report":
        "designation: give_report; card_report: report; message_report: report; relay_report: report; plan_change: "
        "report; report_inspection: give",
    "deed":
        "designation: obstruct_report change_name; relay_report: change; introduction_plan: introduce; "
        "entrusted_maintenance_plan: start; emergency: do; plan_change: carry_out emergency; report_inspection: "
        "obstruct",
    "record":
        "designation: not_met; grace: start_facility start_maint; message_report: same_band; introduction_plan: "
        "draft stop; entrusted_maintenance_plan: draft stop end; prior_consultation: close; plan_change: classify "
        "stop record; recommendation_order: just_cause comply_stop comply_order; consultation_with_pm: close; "
        "post_recommendation: comply just_cause; information_and_cooperation: council",
}  # fmt: skip

SUPPLY: dict[str, str] = {
    "correction": "plan: supplement; plan_change: supplement",
    "request": "pdca: request; tariff: gather request; annual_report: demand; inspection: demand",
    "survey": "survey: send",
    "inquiry":
        "special_measures: consult; facility_manager: rules_consult; policy: consult; two_step_guideline: consult; "
        "jftc: refer; plan: consult refer_jftc; plan_change: consult",
    "answer": "technology_protection: advise",
    "opinion": "jftc: opine none",
    "extension": "tariff: extend extend_surge",
    "order":
        "facility_manager: rules_order order suspend; grant: perform_order correct return; two_step_loan: "
        "rules_order; support_corporation: rules_order treasury; support_agency: treasury; inspection: order",
    "instruction": "plan_cancellation: instruct_change",
    "hearing": "plan_cancellation: hearing_notice",
    "designation":
        "special_measures: designate; facility_manager: designate; two_step_loan: designate; support_corporation: "
        "designate; support_agency: designate",
    "lifting": "special_measures: lift",
    "certification": "plan: certify; plan_change: certify",
    "permission":
        "facility_manager: rules_approve; two_step_guideline: policy_approve; two_step_loan: rules_change; "
        "support_corporation: rules rules_change plan stop",
    "refusal":
        "facility_manager: refuse; plan: refuse; plan_change: refuse; grant: refuse; interest_subsidy: refuse; "
        "two_step_loan: refuse; support_corporation: refuse",
    "cancellation":
        "facility_manager: revoke; plan_cancellation: cancel; grant: revoke; two_step_loan: revoke; "
        "support_corporation: revoke",
    "decision": "grant: decide fix; interest_subsidy: decide",
    "inspection": "grant: inspect; inspection: enter",
    "notice":
        "plan: notify_support; plan_change: notify_support; plan_cancellation: notify_support close; "
        "interest_subsidy: stop",
    "public":
        "designation: comment in_force dedesignate; guideline: publish; policy: comment publish; "
        "two_step_guideline: publish policy_publish; tariff: open publish; plan: publish; support_corporation: "
        "rules_publish plan_publish; name_change_notice: publish",
    "application":
        "facility_manager: apply rules_apply; plan: pre_consult submit joint; plan_change: submit; "
        "plan_cancellation: comply; technology_protection: consult; grant: apply property; interest_subsidy: "
        "apply; two_step_loan: apply request; support_corporation: apply plan_apply abolish",
    "filing": "plan_minor_change: notify; two_step_loan: stop; name_change_notice: notify",
    "report":
        "facility_report: submit; annual_report: submit impediment answer; grant: status result; two_step_loan: "
        "trouble trouble_before_loan; survey: answer partial; support_corporation: accounts fund_report; "
        "support_agency: fund_report; support_year: diet_report; inspection: answer",
    "submission": "plan: supplement_answer; plan_change: supplement_answer",
    "withdrawal": "plan: withdraw; plan_change: withdraw; grant: withdraw",
    "deed":
        "two_step_guideline: policy_set; two_step_loan: stop_unnotified agree_unapproved; survey: leak; "
        "support_agency: invest_otherwise; support_corporation: stop_unpermitted invest_otherwise "
        "leak; inspection: ignore obstruct; name_change_notice: omit",
    "record":
        "designation: start risk_review assess hear_experts decide record_designated change_scope "
        "review_dedesignation keep drop; special_measures: stockpile consider_release release continue; "
        "facility_manager: contract accounts; pdca: review collect evaluate revise; essential_services: extend; "
        "guideline: draft hear_experts decide; policy: draft adopt; two_step_guideline: draft policy_draft; "
        "tariff: not_open investigate; plan_change: draft; plan: note_numbers; plan_minor_change: classify; "
        "plan_cancellation: "
        "find_nonperformance find_nonconformity hearing_hold; technology_protection: record; grant: start pay "
        "monitor repay_part repay; interest_subsidy: pay; two_step_loan: agreement agreement_change loan books "
        "finish; sbic: invest; credit_insurance: guarantee; survey: no_answer close; support_corporation: "
        "fund_setup treasury_pay books separate_accounts secrecy resume handover; support_agency: listed fund "
        "treasury_pay; inspection: end obey close",
}  # fmt: skip

TECHNOLOGY: dict[str, str] = {
    "request": "council: ask_consent; membership: invite; sharing: request_information",
    "inquiry": "council: consult_pm; fund: consult",
    "answer": "sharing: release hold_back; research_commission: give_information refuse_information",
    "opinion": "fund: attach_opinion",
    "designation": "fund: designate",
    "refusal": "proposal: reject",
    "decision": "proposal: adopt; project: continue change stop",
    "notice": "membership: suspend_access restore; fund: close; research_commission: not_select",
    "public": "concept: publish_concept; call: open_call",
    "application":
        "proposal: submit_proposal; sharing: offer ask_publication; research_commission: request_information",
    "report":
        "project: periodic_report; sharing: report_incident; fund: annual_report report_to_diet; "
        "research_commission: report",
    "submission": "council: consent refuse; membership: consent decline",
    "withdrawal": "proposal: withdraw",
    "deed": "council: leak; fund_council: leak; sharing: publish; fund: invest_otherwise; research_commission: leak",
    "record":
        "concept: propose_candidate examine decide_vision record_vision draft_concept decide_concept "
        "revise_concept close_concept; call: close_call reopen_slot; proposal: check_form review_documents "
        "interview adjust_plan contract; project: take_up council_dialogue prepare_gate review_gate resume "
        "complete evaluate hand_over follow_up; council: organise set_rules start dissolve; fund_council: "
        "identify_lead record_consent organise_jointly set_rules start dissolve; membership: join "
        "register_engaged_person end_engagement leave; sharing: agree_handling share use give_back return "
        "close_incident; fund: subsidise operate next_year; research_commission: plan study_itself examine "
        "commission register_staff staff_leaves end",
}  # fmt: skip

GENERAL: dict[str, str] = {
    "request": "agency_request: ask; agency_recommendation: ask_report; inquiry: remind change_day",
    "inquiry": "inquiry: ask ask_again",
    "answer": "consultation: answer correct_answer; inquiry: answer answer_partly",
    "information": "information: give",
    "recommendation": "agency_recommendation: recommend",
    "public":
        "basic_policy: publish; infrastructure_guideline: publish; technology_guideline: publish; consultation: "
        "publish; material: publish",
    "report": "agency_recommendation: report",
    "submission": "agency_request: answer",
    "withdrawal": "inquiry: withdraw",
    "record":
        "inquiry: receive record_answer close; opinion: begin draft set_route sign_assistant_head "
        "sign_section_head sign_councillor sign_director_general sign_vice_minister sign_head_of_authority "
        "return_assistant_head return_section_head return_councillor return_director_general return_vice_minister "
        "return_head_of_authority take_back issue drop; "
        "basic_policy: draft request_decision decide record_decided; infrastructure_guideline: draft hear_experts "
        "request_decision decide record_decided; technology_guideline: draft hear_experts request_decision decide "
        "record_decided; review: expect begin conclude; consultation: receive assign retract withdraw; briefing: "
        "plan hold record cancel; material: count take_down",
}  # fmt: skip

BY_REGIME: Mapping[str, Mapping[str, str]] = {
    "patents": PATENTS, "infrastructure": INFRASTRUCTURE, "supply": SUPPLY, "technology": TECHNOLOGY,
    "general": GENERAL,
}  # fmt: skip
