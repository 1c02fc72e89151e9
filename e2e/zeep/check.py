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
from datetime import datetime, timezone
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


def items(pasi, operation, field, values):
    """A list for a field of a request, under the item name that the WSDL gives it."""
    request = pasi.service._binding._operations[operation].input.body.type.elements[0][1].type
    element = dict(request.elements)[field].type.elements[0][0]
    return {element: values}


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
