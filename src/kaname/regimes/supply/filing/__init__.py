"""The company's side of a supply plan: what an application lacks, when each applicant reports, what a change asks."""
