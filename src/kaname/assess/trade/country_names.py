"""English short names of countries, as statistics write them."""

ENGLISH = """
AFG Afghanistan; ALB Albania; DZA Algeria; ASM American Samoa; AND Andorra; AGO Angola; ATG Antigua and Barbuda; AZE
Azerbaijan; ARG Argentina; AUS Australia; AUT Austria; BHS Bahamas; BHR Bahrain; BGD Bangladesh; ARM Armenia; BRB
Barbados; BEL Belgium; BMU Bermuda; BTN Bhutan; BIH Bosnia Herzegovina; BWA Botswana; BRA Brazil; BLZ Belize; IOT Br.
Indian Ocean Terr.; SLB Solomon Isds; VGB Br. Virgin Isds; BRN Brunei Darussalam; BGR Bulgaria; MMR Myanmar; BDI
Burundi; BLR Belarus; KHM Cambodia; CMR Cameroon; CAN Canada; CPV Cabo Verde; CYM Cayman Isds; LKA Sri Lanka; TCD
Chad; CHL Chile; CHN China; CXR Christmas Isds; CCK Cocos Isds; COL Colombia; COM Comoros; MYT Mayotte; COG Congo; COD
Dem. Rep. of the Congo; COK Cook Isds; CRI Costa Rica; HRV Croatia; CUB Cuba; CYP Cyprus; CZE Czechia; BEN Benin; DNK
Denmark; DMA Dominica; ECU Ecuador; SLV El Salvador; GNQ Equatorial Guinea; ETH Ethiopia; ERI Eritrea; EST Estonia;
FJI Fiji; FIN Finland; FRA France; PYF French Polynesia; ATF Fr. South Antarctic Terr.; DJI Djibouti; GAB Gabon; GEO
Georgia; GMB Gambia; PSE State of Palestine; DEU Germany; GHA Ghana; GIB Gibraltar; KIR Kiribati; GRC Greece; GRL
Greenland; GRD Grenada; GUM Guam; GTM Guatemala; GIN Guinea; GUY Guyana; HTI Haiti; HND Honduras; HUN Hungary; ISL
Iceland; IDN Indonesia; IRN Iran; IRQ Iraq; IRL Ireland; ISR Israel; ITA Italy; CIV Côte d'Ivoire; JAM Jamaica; JPN
Japan; KAZ Kazakhstan; JOR Jordan; KEN Kenya; PRK Dem. People's Rep. of Korea; KWT Kuwait; KGZ Kyrgyzstan; LAO Lao
People's Dem. Rep.; LBN Lebanon; LSO Lesotho; LVA Latvia; LBR Liberia; LBY Libya; LTU Lithuania; LUX Luxembourg; MDG
Madagascar; MWI Malawi; MYS Malaysia; MDV Maldives; MLI Mali; MLT Malta; MRT Mauritania; MUS Mauritius; MEX Mexico;
MNG Mongolia; MNE Montenegro; MSR Montserrat; MAR Morocco; MOZ Mozambique; OMN Oman; NAM Namibia; NRU Nauru; NPL
Nepal; NLD Netherlands; CUW Curaçao; ABW Aruba; SXM Saint Maarten; BES Bonaire; NCL New Caledonia; VUT Vanuatu; NZL
New Zealand; NIC Nicaragua; NER Niger; NGA Nigeria; NIU Niue; NFK Norfolk Isds; NOR Norway; MNP N. Mariana Isds; FSM
FS Micronesia; MHL Marshall Isds; PLW Palau; PAK Pakistan; PAN Panama; PNG Papua New Guinea; PRY Paraguay; PER Peru;
PHL Philippines; PCN Pitcairn; POL Poland; PRT Portugal; GNB Guinea-Bissau; TLS Timor-Leste; QAT Qatar; ROU Romania;
RUS Russian Federation; RWA Rwanda; BLM Saint Barthélemy; SHN Saint Helena; KNA Saint Kitts and Nevis; AIA Anguilla;
LCA Saint Lucia; SPM Saint Pierre and Miquelon; VCT Saint Vincent and the Grenadines; SMR San Marino; STP Sao Tome and
Principe; SAU Saudi Arabia; SEN Senegal; SRB Serbia; SYC Seychelles; SLE Sierra Leone; IND India; SGP Singapore; SVK
Slovakia; VNM Viet Nam; SVN Slovenia; SOM Somalia; ZAF South Africa; ZWE Zimbabwe; ESP Spain; SSD South Sudan; SDN
Sudan; SUR Suriname; SWZ Swaziland; SWE Sweden; CHE Switzerland; SYR Syria; TJK Tajikistan; THA Thailand; TGO Togo;
TKL Tokelau; TON Tonga; TTO Trinidad and Tobago; ARE United Arab Emirates; TUN Tunisia; TUR Turkey; TKM Turkmenistan;
TCA Turks and Caicos Isds; TUV Tuvalu; UGA Uganda; UKR Ukraine; EGY Egypt; GBR United Kingdom; USA USA; BFA Burkina
Faso; URY Uruguay; UZB Uzbekistan; VEN Venezuela; WLF Wallis and Futuna Isds; WSM Samoa; YEM Yemen; ZMB Zambia
"""
