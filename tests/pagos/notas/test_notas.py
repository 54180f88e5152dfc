"""A note: written with its payment or never, read by both, shown to nobody else."""

import csv
import io
import re
import uuid
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from nucleo.actor import Actor
from nucleo.dinero import bs
from pagos.billetera.solicitudes import pagar_solicitud, pedir_dinero
from pagos.notas.verificar import verificar_notas
from tests.pagos.conftest import Libro
from tests.pagos.test_api import Gente, pago
from tests.pagos.test_api import gente as gente

NOTA = "La cena del sábado; «=1+1» <b>y</b> propina"


def notas(libro: Libro) -> list[Any]:
    return libro.conexion.execute("SELECT transferencia_id, nota FROM pagos_nota ORDER BY nota").fetchall()


def con_nota(cliente: Any, gente: Gente, nota: Any = NOTA, **mas: Any) -> tuple[dict[str, Any], Any]:
    cuerpo = pago(gente, nota=nota, **mas)
    return cuerpo, cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana)


def test_por_api_la_leen_los_dos(cliente: Any, gente: Gente, libro: Libro, sesion: Session) -> None:
    cuerpo, hecha = con_nota(cliente, gente)

    assert (hecha.status_code, hecha.json()["nota"]) == (201, NOTA)
    assert notas(libro) == [(uuid.UUID(cuerpo["id"]), NOTA)]
    for cabeceras, cuenta in ((gente.de_ana, gente.cuenta_ana), (gente.de_luis, gente.cuenta_luis)):
        una = cliente.get(f"/api/v1/transferencias/{cuerpo['id']}", headers=cabeceras)
        lista = cliente.get(f"/api/v1/cuentas/{cuenta}/movimientos", headers=cabeceras)
        cambios = cliente.get(f"/api/v1/cuentas/{cuenta}/cambios", headers=cabeceras)
        assert una.json() == hecha.json()
        assert [m["nota"] for m in lista.json()["datos"]] == [NOTA, None]
        assert [m["nota"] for m in cambios.json()["datos"]] == [None, NOTA]
    assert verificar_notas(sesion) == []


def test_repetir_con_la_misma_nota_es_repetir(cliente: Any, gente: Gente, libro: Libro) -> None:
    cuerpo, hecha = con_nota(cliente, gente)

    repetida = cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana)

    assert (repetida.status_code, repetida.content) == (200, hecha.content)
    assert libro.saldo(gente.cuenta_ana) == 8_750


@pytest.mark.parametrize("cambio", [{"nota": "Otra cosa"}, {"nota": ""}, {}])
def test_el_mismo_id_con_otra_nota_es_otro_pago(
    cliente: Any, gente: Gente, libro: Libro, cambio: dict[str, str]
) -> None:
    """Also without any, which the fast lane takes."""
    cuerpo, _hecha = con_nota(cliente, gente)
    antes = (libro.foto(), notas(libro))
    del cuerpo["nota"]

    otra = cliente.post("/api/v1/transferencias", json=cuerpo | cambio, headers=gente.de_ana)

    assert (otra.status_code, otra.json()["codigo"]) == (422, "existe_con_otra_nota")
    assert (libro.foto(), notas(libro)) == antes


def test_a_lo_pagado_sin_nota_no_se_le_pone(cliente: Any, gente: Gente, libro: Libro) -> None:
    cuerpo = pago(gente)
    assert cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana).status_code == 201

    despues = cliente.post("/api/v1/transferencias", json=cuerpo | {"nota": NOTA}, headers=gente.de_ana)

    assert (despues.status_code, despues.json()["codigo"]) == (422, "existe_con_otra_nota")
    assert notas(libro) == []


@pytest.mark.parametrize(
    ("nota", "estado"), [("", 201), ("   ", 201), ("n" * 140, 201), ("n" * 141, 422), ("a\u202eb", 422)]
)
def test_lo_que_puede_decir(cliente: Any, gente: Gente, libro: Libro, nota: str, estado: int) -> None:
    antes = libro.foto()
    _cuerpo, respuesta = con_nota(cliente, gente, nota)

    assert respuesta.status_code == estado
    assert [n for _id, n in notas(libro)] == ([nota] if nota.strip() and estado == 201 else [])
    assert estado == 201 or libro.foto() == antes


def test_si_no_se_paga_no_queda_nota(cliente: Any, gente: Gente, libro: Libro) -> None:
    _cuerpo, respuesta = con_nota(cliente, gente, monto="9999.00")

    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "fondos_insuficientes")
    assert notas(libro) == []


def test_una_planilla_no_lleva_notas(cliente: Any, gente: Gente, libro: Libro) -> None:
    lote = {"modo": "atomico", "transferencias": [pago(gente, nota=NOTA)]}
    respuesta = cliente.post("/api/v1/lotes-de-transferencias", json=lote, headers=gente.de_ana)
    assert respuesta.status_code == 422
    assert libro.saldo(gente.cuenta_ana) == 10_000


def test_solo_se_escribe_con_su_pago_y_nunca_mas(cliente: Any, gente: Gente, libro: Libro) -> None:
    """Neither the application nor the owner of the tables adds, changes or erases one afterwards."""
    con, _r = con_nota(cliente, gente)
    sin = pago(gente)
    assert cliente.post("/api/v1/transferencias", json=sin, headers=gente.de_ana).status_code == 201
    antes = notas(libro)
    for conexion in (libro.conexion, libro.duenio):
        for orden in (
            f"INSERT INTO pagos_nota VALUES ('{sin['id']}', 'Lo que no se dijo')",
            f"INSERT INTO pagos_nota VALUES ('{uuid.uuid4()}', 'De nada')",
            f"UPDATE pagos_nota SET nota = 'Otra' WHERE transferencia_id = '{con['id']}'",
            "DELETE FROM pagos_nota",
            "TRUNCATE pagos_nota",
        ):
            with pytest.raises(psycopg.errors.Error, match=r"con su pago|no admite|permission denied"):
                conexion.execute(orden)
    assert notas(libro) == antes


def test_se_escribe_tambien_dentro_de_un_punto_de_retorno(gente: Gente, libro: Libro) -> None:
    """The payment in one savepoint, its note in another: one transaction all the same."""
    nueva = pago(gente)
    with libro.conexion.transaction():
        with libro.conexion.transaction():
            datos = {"debito": gente.cuenta_ana, "credito": gente.cuenta_luis, "monto": 100}
            assert libro.lote(datos | {"id": uuid.UUID(nueva["id"])}) == ["ok"]
        with libro.conexion.transaction():
            libro.conexion.execute("INSERT INTO pagos_nota VALUES (%s, 'Bien')", [nueva["id"]])
    assert notas(libro) == [(uuid.UUID(nueva["id"]), "Bien")]


def test_lo_que_no_es_un_envio_no_lleva_nota(gente: Gente, libro: Libro) -> None:
    datos = {"debito": gente.cuenta_ana, "credito": gente.cuenta_luis, "monto": 100}
    for mas in ({"codigo": 100}, {"tipo": "pendiente"}):
        id = uuid.uuid4()
        with libro.conexion.transaction():
            assert libro.lote(datos | {"id": id} | mas) == ["ok"]
            with pytest.raises(psycopg.errors.RestrictViolation), libro.conexion.transaction():
                libro.conexion.execute("INSERT INTO pagos_nota VALUES (%s, 'No')", [id])
    assert notas(libro) == []


def oculto(html: str, nombre: str) -> str:
    hallado = re.search(rf'<input type="hidden" name="{nombre}" value="([^"]*)"', html)
    assert hallado is not None
    return hallado[1]


def enviar_por_la_pagina(navegador: Any, gente: Gente, nota: str) -> str:
    datos = {
        "cuenta": gente.cuenta_ana,
        "destinatario": "7654321",
        "nombre": "Luis Prueba",
        "monto": "10",
        "nota": nota,
    }
    hallado = navegador.post("/billetera/enviar", data=datos)
    assert hallado.status_code == 303, hallado.text
    pagina = navegador.get(hallado.headers["location"])
    campos = ("_id", "a", "nombre", "monto", "cuenta", "nota", "visto")
    formulario = {c: oculto(pagina.text, c) for c in campos if f'name="{c}"' in pagina.text}
    if nota:
        assert "Para qué es" in pagina.text
    hecho = navegador.post("/billetera/enviar/confirmar", data=formulario)
    assert hecho.status_code == 303, hecho.text
    return str(hecho.headers["location"])


def test_por_la_pagina_la_leen_los_dos_y_nadie_mas(
    cliente: Any, gente: Gente, libro: Libro, sesion_web: Any, crear_persona: Any
) -> None:
    ana, luis = sesion_web(gente.ana), sesion_web(gente.luis)
    recibo = enviar_por_la_pagina(ana, gente, "  La  cena del sábado ")

    for navegador in (ana, luis):
        for direccion in (recibo, "/billetera", "/billetera/movimientos"):
            assert "La cena del sábado" in navegador.get(direccion).text
        assert navegador.get(f"{recibo}.pdf").status_code == 200
    cuerpo = libro.uno("SELECT cuerpo FROM ciudadania_notificacion WHERE persona_id = %s", gente.luis.id)
    assert cuerpo.endswith("Le escribió: «La cena del sábado».")
    publica = ana.get(f"{recibo}/verificacion")
    assert publica.status_code == 303
    for visita in (cliente, ana, sesion_web(crear_persona("Otra", ci="5555555"))):
        vista = visita.get(publica.headers["location"])
        assert vista.status_code == 200
        assert "cena" not in vista.text
    assert sesion_web(crear_persona("Otro", ci="5555556")).get(recibo).status_code == 403


def test_sin_nota_no_se_ve_nada(gente: Gente, libro: Libro, sesion_web: Any) -> None:
    ana = sesion_web(gente.ana)
    recibo = enviar_por_la_pagina(ana, gente, "")
    assert "Para qué es" not in ana.get(recibo).text
    assert "«" not in ana.get("/billetera/movimientos").text
    assert notas(libro) == []


def test_extractos(cliente: Any, gente: Gente, libro: Libro, sesion_web: Any) -> None:
    con_nota(cliente, gente)
    con_nota(cliente, gente, "@SUMA(A1)", monto="1.00")
    luis = sesion_web(gente.luis)

    texto = luis.get("/billetera/movimientos.csv").content.decode("utf-8-sig")
    filas = list(csv.reader(io.StringIO(texto, newline=""), delimiter=";"))
    assert [f[-1] for f in filas] == ["Para qué", "", "", NOTA, "'@SUMA(A1)", ""]
    assert {len(f) for f in filas} == {10}
    xml = luis.get("/billetera/movimientos.xml").text
    assert (
        "<RmtInf><Ustrd>La cena del sábado; «=1+1» &lt;b&gt;y&lt;/b&gt; propina</Ustrd>"
        "<Ustrd>Envío entre personas</Ustrd></RmtInf>" in xml
    )
    assert xml.count("<Ustrd>") == 5  # three movements, two notes
    assert luis.get("/billetera/movimientos.pdf").content.startswith(b"%PDF")


def test_el_pdf_no_parte_una_nota(cliente: Any, gente: Gente, libro: Libro, sesion_web: Any) -> None:
    """A page full of notes of the longest ends, and the next goes on: as many rows as movements."""
    for n in range(40):
        assert con_nota(cliente, gente, f"{n:03d} " + "ñandú " * 22, monto="0.10")[1].status_code == 201
    pdf = sesion_web(gente.luis).get("/billetera/movimientos.pdf").content
    assert pdf.count(b"/Type /Page\n") == 3


def test_la_solicitud_pagada_dice_para_que_era(
    gente: Gente, libro: Libro, sesion: Session, sesion_web: Any
) -> None:
    def actor(p: Any) -> Actor:
        return Actor(tipo="persona", nombre=p.nombre_completo, persona_id=p.id)

    solicitud = pedir_dinero(
        sesion,
        actor(gente.luis),
        id=uuid.uuid4(),
        cuenta_id=gente.cuenta_luis,
        pagador_id=gente.ana.id,
        monto=bs("5"),
        motivo="Su parte del taxi",
    )
    pagada = pagar_solicitud(sesion, actor(gente.ana), solicitud.id)
    sesion.commit()
    assert notas(libro) == [(pagada.transferencia_id, "Su parte del taxi")]


def test_verificar_la_nota_de_nada(libro: Libro, duenio: Engine, sesion: Session) -> None:
    id = uuid.uuid4()
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("ALTER TABLE pagos_nota DISABLE TRIGGER pagos_nota_con_su_pago")
        conexion.exec_driver_sql("INSERT INTO pagos_nota VALUES (%s, 'De nada')", (id,))
        conexion.exec_driver_sql("ALTER TABLE pagos_nota ENABLE TRIGGER pagos_nota_con_su_pago")
    assert verificar_notas(sesion) == [f"sin_pago: la nota de {id} no es de un pago de persona o unidad"]
