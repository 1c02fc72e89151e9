"""The reference server met by a client that none of its authors wrote.

zeep reads the WSDL and builds every message itself, so what passes here is the
contract as published, not as our own code understands it. Starts a practice
division (LODGEPOLE_BIN names the program), calls the province, ends it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid
from datetime import date, datetime, timezone
from pathlib import Path

import requests
import zeep
import zeep.helpers
from zeep.transports import Transport

READY_SECONDS = 180
CALL_SECONDS = 60


class Division:
    """A practice division that ends with the `with` block."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lodgepole-zeep-"))
        self.errors = open(self.folder / "stderr.txt", "w+")
        self.process = subprocess.Popen(
            [os.environ["LODGEPOLE_BIN"], "demo", "--students", "60", "--data", str(self.folder / "data"),
             "--listen", "127.0.0.1:0", "--pasi-listen", "127.0.0.1:0", "--json"],
            stdout=subprocess.PIPE, stderr=self.errors, text=True)
        late = threading.Timer(READY_SECONDS, self.process.kill)
        late.start()
        for line in self.process.stdout:
            if line.startswith("{"):
                late.cancel()
                self.pasi = json.loads(line)["pasi"].rstrip("/")
                return self
        late.cancel()
        self.errors.seek(0)
        said = self.errors.read()[-4000:]
        self.__exit__()
        raise SystemExit(f"the practice division did not start\n{said}")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.errors.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def file(self, name):
        return str(self.folder / "data" / "pasi-client" / name)

    def client(self, with_certificate=True):
        session = requests.Session()
        session.verify = self.file("ca.pem")
        session.trust_env = False
        if with_certificate:
            session.cert = (self.file("cert.pem"), self.file("key.pem"))
        return zeep.Client(f"{self.pasi}?wsdl", transport=Transport(session=session, operation_timeout=CALL_SECONDS))


def caller(organization="A.3260"):
    return {
        "ClientMessageID": str(uuid.uuid4()),
        "SentUtcTime": datetime.now(timezone.utc),
        "Software": {"Manufacturer": "zeep", "Product": "zeep", "Version": zeep.__version__, "BuildNumber": "1"},
        "User": {"Name": "[System] Check", "LocalID": "0", "IPAddress": "127.0.0.1", "OrganizationCode": organization},
    }


def items(pasi, operation, path, values):
    """A list of a request, under the item name that the WSDL gives it; dots lead to one that lies deeper."""
    part = pasi.service._binding._operations[operation].input.body.type.elements[0][1].type
    for field in path.split("."):
        part = dict(part.elements)[field].type
    return {part.elements[0][0]: values}


def each_stored(answer):
    """The versions of a list of which every record was stored."""
    assert not rows(answer.Rejections), answer
    results = rows(answer.Results)
    assert results and not any(rows(one["Rejections"]) for one in results), answer
    return [one["PASICoreVersion"] for one in results]


def rows(listed):
    """The items of a list element: zeep wraps them in an object with one field; an empty one is None."""
    if listed is None:
        return []
    if isinstance(listed, list):
        return listed
    values = zeep.helpers.serialize_object(listed, dict)
    return next(iter(values.values())) or []


def notified(pasi, kind):
    """Every id and version of a kind, from version 0."""
    answer = pasi.service.IsDataAvailable(request={
        "CallerInfo": caller(), "WaitTimeInMinutes": 0,
        "RegisteredTypes": items(pasi, "IsDataAvailable", "RegisteredTypes",
                                 [{"NotificationType": kind, "MaxPASICoreVersion": 0}]),
    })
    # The answer has one element: zeep hands that over without its wrapper.
    return rows(rows(answer)[0]["IdVersions"])


def the_wsdl_is_readable_without_a_certificate(division):
    operations = division.client(with_certificate=False).service._operations
    assert "SubmitStudentSchoolEnrolment" in operations, sorted(operations)


def a_call_without_a_certificate_is_refused(division):
    try:
        division.client(with_certificate=False).service.HelloWorld(request={"CallerInfo": caller()})
    except (requests.exceptions.RequestException, zeep.exceptions.Error):
        return
    raise AssertionError("HelloWorld answered a client without a certificate")


def hello_world_answers(division):
    answer = division.client().service.HelloWorld(request={"CallerInfo": caller()})
    assert answer.Message, answer
    assert abs((datetime.now(timezone.utc) - answer.ServerUtcTime).total_seconds()) < 300, answer


def an_organization_that_is_not_ours_is_fault_1008(division):
    try:
        division.client().service.HelloWorld(request={"CallerInfo": caller("A.0001")})
    except zeep.exceptions.Fault as fault:
        assert "1008" in f"{fault.code} {fault.message}", (fault.code, fault.message)
        return
    raise AssertionError("HelloWorld answered for an organization the client is not registered for")


def code_values_come_in_both_languages(division):
    answer = division.client().service.GetCodeValues(
        request={"CallerInfo": caller(), "LastKnownSourceVersion": 0})
    genders = [value for value in rows(answer.CodeValues) if value["CodeClassName"] == "Gender"]
    assert genders, "no Gender among the code values"
    assert all(value["FrenchDescription"] for value in genders), genders


def a_name_nobody_has_is_no_match(division):
    answer = division.client().service.IdentifyStudent(request={
        "CallerInfo": caller(), "CallerReasonCode": "Student Enrolment",
        "IncludeAllQualityLevels": False, "IncludeStudentsWithDisclosureRestriction": False,
        "StudentLocator": {"ExtendedCriteria": {
            "Name": {"FirstName": "Zzyzx", "LastName": "Qwortleby"}, "BirthDate": "2015-03-04"}},
    })
    assert answer.Status == "NoMatch", answer


def a_notified_student_can_be_fetched_at_its_version(division):
    pasi = division.client()
    first = notified(pasi, "Student")[0]
    answer = pasi.service.GetStudent(request={
        "CallerInfo": caller(),
        "Students": items(pasi, "GetStudent", "Students",
                          [{"Key": first["Id"], "ExpectedVersion": first["Version"]}]),
    })
    result = rows(answer.Results)[0]
    assert result["AvailabilityStatus"] == "Normal", result["AvailabilityStatus"]
    assert result["Student"]["StateProvinceId"] == first["Id"]


def versions_rise(division):
    versions = [pair["Version"] for pair in notified(division.client(), "Student")]
    assert len(versions) >= 10, len(versions)
    assert versions == sorted(versions), "pairs must come by ascending version"


def stored(answer):
    """The version of a submit that was stored."""
    assert not rows(answer.Rejections), answer
    return answer.PASICoreVersion


def registered(pasi):
    """A student whom nobody has, created, enrolled at a school of ours: number, school and school year."""
    name = "Q" + "".join(chr(ord("a") + int(letter, 16)) for letter in uuid.uuid4().hex[:16])
    found = pasi.service.IdentifyStudent(request={
        "CallerInfo": caller(), "CallerReasonCode": "Student Enrolment",
        "IncludeAllQualityLevels": False, "IncludeStudentsWithDisclosureRestriction": False,
        "StudentLocator": {"ExtendedCriteria": {
            "Name": {"FirstName": "Zadie", "LastName": name}, "BirthDate": "2010-03-04"}},
    })
    assert found.Status == "NoMatch", found
    created = pasi.service.CreateStudent(request={
        "CallerInfo": caller(), "Name": {"FirstName": "Zadie", "LastName": name}, "BirthDate": "2010-03-04",
        "Gender": "U", "SourceDocumentType": "BirthCertificateCanada",
    })
    assert not rows(created.Rejections), created
    today = date.today()
    year = today.year + (today.month >= 9)
    school = notified(pasi, "School")[0]["Id"]
    enrolment = str(uuid.uuid4())
    version = stored(pasi.service.SubmitStudentSchoolEnrolment(request={
        "CallerInfo": caller(),
        "StudentSchoolEnrolment": {
            "RefId": enrolment, "StateProvinceId": created.StateProvinceId, "SchoolCode": school, "SchoolYear": year,
            "Grade": "10", "RegistrationStartDate": f"{year - 1}-09-01", "RegistrationExitDate": f"{year}-06-25",
            "ExitDateType": "CompletionDate", "ProgrammingType": "Regular", "ProgrammingTimeframe": "Day",
            "ExtendedSchoolEnrolmentInfo": {"SetName": "SISV1"}, "IsDeleted": False, "PASICoreVersion": 0,
        },
    }))
    pairs = {pair["Id"]: pair["Version"] for pair in notified(pasi, f"StudentSchoolEnrolment.{year}")}
    assert pairs.get(enrolment) == version, "the enrolment is not told as news"
    answer = pasi.service.GetStudentSchoolEnrolment(request={
        "CallerInfo": caller(),
        "StudentSchoolEnrolments": items(pasi, "GetStudentSchoolEnrolment", "StudentSchoolEnrolments",
                                         [{"RefId": enrolment, "ExpectedVersion": version}]),
    })
    assert rows(answer.Results)[0]["StudentSchoolEnrolment"]["StateProvinceId"] == created.StateProvinceId
    return created.StateProvinceId, school, year


def a_student_is_searched_created_enrolled_told_and_read(division):
    registered(division.client())


def a_section_a_course_and_a_mark_are_sent_approved_and_read(division):
    pasi = division.client()
    asn, school, year = registered(pasi)
    section, course, evaluated = (str(uuid.uuid4()) for _ in range(3))
    stored(pasi.service.SubmitSection(request={
        "CallerInfo": caller(),
        "Section": {
            "RefId": section, "SchoolCode": school, "SchoolYear": year, "Description": "Block 1",
            "CourseCodes": items(pasi, "SubmitSection", "Section.CourseCodes", ["MAT1791"]),
            "SectionTerm": "FullYear", "StartDate": f"{year - 1}-09-01", "EndDate": f"{year}-06-25",
            "CreditsOffered": 5, "DeliverySchedule": "REG", "PrimaryDeliveryMethod": "InPerson",
            "InstructionalLanguage": "English", "IsDeleted": False, "PASICoreVersion": 0,
        },
    }))
    mark = {"MarkFormat": "Percent", "AssignmentDate": date.today().isoformat(), "IsMarkApproved": False}
    shared = {"StateProvinceId": asn, "CreditsAttempted": 5, "ArePrerequisitesWaived": True,
              "IsDeleted": False, "PASICoreVersion": 0}
    place = {"StateProvinceId": asn, "SchoolCode": school, "SchoolYear": year}
    answer = pasi.service.SubmitCourseEnrolment(request={
        "CallerInfo": caller(), **place,
        "CourseEnrolments": items(pasi, "SubmitCourseEnrolment", "CourseEnrolments", [{
            **shared, "RefId": course, "CourseCode": "MAT1791", "SectionRefId": section,
            "CourseEnrolmentStatus": "Completed", "IsFundingRequested": True, "IsDualEnrolment": False,
            "Mark": {**mark, "MarkValue": "72"},
        }]),
    })
    version = each_stored(answer)[0]
    answer = pasi.service.SubmitEvaluatedMark(request={
        "CallerInfo": caller(), **place,
        "EvaluatedMarks": items(pasi, "SubmitEvaluatedMark", "EvaluatedMarks", [
            {**shared, "RefId": evaluated, "SchoolCode": school, "SchoolYear": year, "CourseCode": "ELA1105",
             "EvaluationMethod": "OutOfProvince", "Mark": {**mark, "MarkValue": "80"}},
            {**shared, "RefId": str(uuid.uuid4()), "SchoolCode": school, "SchoolYear": year, "CourseCode": "ELA1105",
             "EvaluationMethod": "OutOfProvince", "Mark": {**mark, "MarkValue": "108"}},
        ]),
    })
    good, wrong = rows(answer.Results)
    assert not rows(good["Rejections"]), good
    assert [one["Code"] for one in rows(wrong["Rejections"])] == [9013], wrong
    approved = pasi.service.SubmitMarkApproval(request={
        "CallerInfo": caller(), "MarkType": "CourseEnrolment", "IsMarkApproved": True,
        "Marks": items(pasi, "SubmitMarkApproval", "Marks", [{"RefId": course, "PASICoreVersion": version}]),
    })
    version = each_stored(approved)[0]
    answer = pasi.service.GetCourseEnrolment(request={
        "CallerInfo": caller(),
        "CourseEnrolments": items(pasi, "GetCourseEnrolment", "CourseEnrolments",
                                  [{"RefId": course, "ExpectedVersion": version}]),
    })
    read = rows(answer.Results)[0]["CourseEnrolment"]
    assert read["Mark"]["MarkValue"] == "72" and read["Mark"]["IsMarkApproved"], read
    answer = pasi.service.GetEvaluatedMark(request={
        "CallerInfo": caller(),
        "EvaluatedMarks": items(pasi, "GetEvaluatedMark", "EvaluatedMarks",
                                [{"RefId": evaluated, "ExpectedVersion": good["PASICoreVersion"]}]),
    })
    assert rows(answer.Results)[0]["EvaluatedMark"]["CourseCode"] == "ELA1105"


def a_document_above_64_kib_is_kept_and_read_back(division):
    pasi = division.client()
    head = b"%PDF-1.7\n" + b" " * 100_000
    file = head + f"xref\ntrailer <</Size 1>>\nstartxref\n{len(head)}\n%%EOF\n".encode()
    ref_id = str(uuid.uuid4())
    stored = pasi.service.SubmitStudentRecordDocument(request={
        "CallerInfo": caller(),
        "StudentRecordDocument": {
            "RefId": ref_id, "StateProvinceId": notified(pasi, "Student")[0]["Id"],
            "DocumentType": "HistoricalRecord", "Title": "Paper file", "DocumentLanguage": "English",
            "IsDigitized": True, "IsRelevant": True, "IsDeleted": False, "PASICoreVersion": 0,
        },
        "DocumentImage": file, "IsExemptFromQA": False, "IsQAAlreadyPerformed": False,
    })
    assert not rows(stored.Rejections), stored
    answer = pasi.service.GetStudentRecordDocument(request={
        "CallerInfo": caller(), "IsImageRequested": True,
        "StudentRecordDocuments": items(pasi, "GetStudentRecordDocument", "StudentRecordDocuments",
                                        [{"RefId": ref_id, "ExpectedVersion": stored.PASICoreVersion}]),
    })
    assert rows(answer.Results)[0]["DocumentImage"] == file


def the_certificate_of_a_number_is_a_page(division):
    pasi = division.client()
    answer = pasi.service.GetAsnCertificate(request={
        "CallerInfo": caller(), "StateProvinceId": notified(pasi, "Student")[0]["Id"]})
    assert answer.Certificate.startswith(b"%PDF-"), answer


CHECKS = [
    the_wsdl_is_readable_without_a_certificate,
    a_call_without_a_certificate_is_refused,
    hello_world_answers,
    an_organization_that_is_not_ours_is_fault_1008,
    code_values_come_in_both_languages,
    a_name_nobody_has_is_no_match,
    a_notified_student_can_be_fetched_at_its_version,
    versions_rise,
    a_student_is_searched_created_enrolled_told_and_read,
    a_section_a_course_and_a_mark_are_sent_approved_and_read,
    a_document_above_64_kib_is_kept_and_read_back,
    the_certificate_of_a_number_is_a_page,
]


def main():
    failed = 0
    with Division() as division:
        for check in CHECKS:
            name = check.__name__.replace("_", " ")
            try:
                check(division)
                print(f"ok      {name}")
            except Exception as error:  # a client may fail in any way; each is a finding
                failed += 1
                print(f"FAILED  {name}: {type(error).__name__}: {error}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
