#!/usr/bin/env python3
"""A SOAP client that is not ours drives the reference server over mutual TLS.

    zeep_check.py URL FOLDER      FOLDER holds cert.pem, key.pem and ca.pem
    --school CODE --organization CODE

HelloWorld, IdentifyStudent (nobody), CreateStudent, SubmitStudentSchoolEnrolment,
IsDataAvailable, GetStudent. Exit code 0 when all of it agrees, 1 otherwise.
"""

import argparse
import datetime
import pathlib
import random
import sys
import uuid

import requests
import zeep
from zeep.transports import Transport


def caller(organization):
    """Who calls: a fresh message id every time."""
    return {
        "ClientMessageID": str(uuid.uuid4()),
        "SentUtcTime": datetime.datetime.now(datetime.timezone.utc),
        "Software": {"Manufacturer": "zeep", "Product": "zeep check", "Version": zeep.__version__, "BuildNumber": "1"},
        "User": {
            "Name": "Zeep Check",
            "LocalID": "zeep",
            "IPAddress": "127.0.0.1",
            "OrganizationCode": organization,
        },
    }


def school_year(today):
    """The year in which the school year of a day ends."""
    return today.year + (today.month >= 9)


def check(what, is_so, seen):
    """Says what was seen; ends the run when it is not so."""
    print(("ok    " if is_so else "WRONG ") + what)
    if not is_so:
        print(seen)
        sys.exit(1)


def within(holder, name):
    """An element of an answer; zeep takes the holder of a single element away by itself."""
    return holder[name] if holder is not None and name in holder else holder


def items(holder, name):
    """The items of a list that may be missing altogether."""
    return [] if holder is None else list(holder[name] or [])


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("url")
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--school", default="2601")
    arguments.add_argument("--organization", default="A.3260")
    given = arguments.parse_args()

    session = requests.Session()
    session.trust_env = False  # REQUESTS_CA_BUNDLE and proxies would stand above what is set here
    session.verify = str(given.folder / "ca.pem")
    wsdl = zeep.Client(given.url.rstrip("/") + "/?wsdl", transport=Transport(session=session))
    session.cert = (str(given.folder / "cert.pem"), str(given.folder / "key.pem"))
    pasi, who = wsdl.service, lambda: caller(given.organization)

    hello = pasi.HelloWorld(request={"CallerInfo": who()})
    check("HelloWorld greets the organization", given.organization in hello["Message"], hello)

    letters = "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(8)).capitalize()
    name = {"FirstName": "Zeepa", "LastName": letters}
    born = datetime.date(2016, 3, 14)
    locator = {"ExtendedCriteria": {"Name": name, "BirthDate": born}}
    search = {
        "CallerInfo": who(),
        "CallerReasonCode": "Student Enrolment",
        "IncludeAllQualityLevels": False,
        "IncludeStudentsWithDisclosureRestriction": False,
        "StudentLocator": locator,
    }
    found = pasi.IdentifyStudent(request=search)
    check("IdentifyStudent finds nobody of an invented name", found["Status"] == "NoMatch", found)

    new = {
        "CallerInfo": who(),
        "Name": name,
        "BirthDate": born,
        "Gender": "X",
        "SourceDocumentType": "BirthCertificateCanada",
    }
    made = pasi.CreateStudent(request=new)
    asn = made["StateProvinceId"]
    check("CreateStudent gives an ASN", bool(asn) and len(asn) == 9, made)
    again = pasi.CreateStudent(request={**new, "CallerInfo": who()})
    codes = [rejection["Code"] for rejection in items(again["Rejections"], "Rejection")]
    check("CreateStudent refuses the same child again with 11404", codes == [11404], again)
    found = pasi.IdentifyStudent(request={**search, "CallerInfo": who()})
    check("IdentifyStudent finds the child now", found["Status"] == "Match", found)

    year = school_year(datetime.date.today())
    ref_id = str(uuid.uuid4())
    enrolment = {
        "RefId": ref_id,
        "StateProvinceId": asn,
        "SchoolCode": given.school,
        "SchoolYear": year,
        "Grade": "05",
        "RegistrationStartDate": datetime.date(year - 1, 9, 1),
        "ExitDateType": "CompletionDate",
        "ProgrammingType": "Regular",
        "ProgrammingTimeframe": "Day",
        "IsDeleted": False,
        "ExtendedSchoolEnrolmentInfo": {
            "SetName": "SISV1",
            "Values": {"KeyValuePair": [{"Key": "LocalStudentId", "Value": "Z1"}]},
        },
        "PASICoreVersion": 0,
    }
    enrolled = pasi.SubmitStudentSchoolEnrolment(
        request={"CallerInfo": who(), "StudentSchoolEnrolment": enrolment}
    )
    check("SubmitStudentSchoolEnrolment stores", not items(enrolled["Rejections"], "Rejection"), enrolled)

    kind = "DataNotificationRequestTypeInfo"
    types = [
        {"NotificationType": "Student", "MaxPASICoreVersion": 0},
        {"NotificationType": f"StudentSchoolEnrolment.{year}", "MaxPASICoreVersion": 0},
    ]
    news = pasi.IsDataAvailable(
        request={"CallerInfo": who(), "WaitTimeInMinutes": 0, "RegisteredTypes": {kind: types}}
    )
    told = {
        pair["Id"]: pair["Version"]
        for result in items(within(news, "Results"), "DataNotificationResultTypeInfo")
        for pair in items(result["IdVersions"], "DataNotificationIdVersion")
    }
    check("IsDataAvailable tells of the child", asn in told, told)
    check("IsDataAvailable tells of the enrolment", told.get(ref_id) == enrolled["PASICoreVersion"], told)

    read = pasi.GetStudent(
        request={"CallerInfo": who(), "Students": {"AsnVersion": [{"Key": asn, "ExpectedVersion": told[asn]}]}}
    )
    results = items(read["Results"], "StudentResult")
    names = [result["Student"]["IdentificationRecord"]["LegalName"]["LastName"] for result in results]
    check("GetStudent reads the child at the version told", names == [letters], read)


if __name__ == "__main__":
    main()
