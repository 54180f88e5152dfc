"""Batches: two people, one call, each line its result, and nothing paid twice."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from empresa_digital.registro import Facultad, MontoExcedido, NuevoMandato, SinFacultad, inscribir_de_oficio
from empresa_digital.registro.actos.errores import NadieMasFirma
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, LimiteExcedido, Prohibido
from nucleo.eventos import entregar_pendientes
from nucleo.limites import Cubeta
from pagos.libro.cuentas import cerrar, cuenta_de_persona
from pagos.libro.errores import LimiteDeMandato
from pagos.planillas import pagar, planillas
from pagos.planillas.errores import (
    DiferenciasSinRevisar,
    PlanillaDistinta,
    PlanillaInexistente,
    PlanillaInvalida,
    PlanillaNoAdmite,
)
from pagos.planillas.modelos import Planilla
from tests.pagos.firma import Firma


def _contar(tabla: str) -> int:
    with transaccion() as sesion:
        return int(sesion.connection().execute(text(f"SELECT count(*) FROM {tabla}")).scalar_one())


def test_preparar_muestra_los_nombres_del_registro_y_no_paga(firma: Firma) -> None:
    planilla = firma.preparar(
        firma.archivo("2000001;Otra Persona;100,50;jornal", "2000002;Dario Prueba;1.000;")
    )
    assert (planilla.lineas, planilla.total, planilla.diferencias, planilla.estado) == (
        2,
        bs("1100.50"),
        1,
        "preparada",
    )
    with transaccion() as sesion:
        lineas = pagar.lineas_de(sesion, planilla.id)
    assert [(x.numero, x.registrado, x.coincide, x.monto) for x in lineas] == [
        (2, "Carla Prueba", False, bs("100.50")),
        (3, "Darío Prueba", True, bs("1000")),
    ]
    assert [x.de_quien for x in lineas] == [None, "Darío Prueba"]
    assert firma.saldo() == 500_000
    assert _contar("pagos_transferencia") == 1


def test_una_planilla_no_es_una_guia_de_nombres(firma: Firma, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it learns of documents that it did not know costs, and ends; a right file hardly does."""
    monkeypatch.setattr("pagos.billetera.averiguar.DE_UNIDAD", Cubeta("prueba", capacidad=30, por_hora=1))
    for _vez in range(3):
        firma.preparar(firma.archivo("2000002;Dario Prueba;10;"), id=uuid.uuid4())  # 1 each: 27 are left
    with pytest.raises(PlanillaInvalida):
        firma.preparar(firma.archivo("9999998;Nadie;5;"), id=uuid.uuid4())  # 10
    firma.preparar(firma.archivo("2000001;Otra Persona;5;"), id=uuid.uuid4())  # 5
    with pytest.raises(PlanillaInvalida):
        firma.preparar(firma.archivo("9999997;Nadie;5;"), id=uuid.uuid4())  # 10: 2 are left
    with pytest.raises(LimiteExcedido):
        firma.preparar(firma.archivo("2000001;Otra Persona;5;"), id=uuid.uuid4())
    assert _contar("pagos_planilla") == 4


def test_con_un_error_no_se_acepta_nada(firma: Firma, crear_unidad: Callable[..., Any]) -> None:
    inactiva = firma.unidad.numero
    contenido = firma.archivo(
        "2000001;Carla Prueba;10;", "9999999;Nadie;5;", f"{inactiva};Yo;1;", "UE-0000009-9;X;1;", "x;Y;abc;"
    )
    with pytest.raises(PlanillaInvalida) as error:
        firma.preparar(contenido)
    assert list(error.value.campos or {}) == ["linea-3", "linea-4", "linea-5", "linea-6"]
    assert (error.value.campos or {})["linea-3"] == "Línea 3: Nadie tiene el carnet 9999999 en Qhatu."
    assert (error.value.campos or {})["linea-4"] == "Línea 4: Es la misma unidad que paga."
    assert _contar("pagos_planilla") == _contar("pagos_planilla_linea") == 0


def test_subir_dos_veces_es_la_misma_y_otra_cosa_no(firma: Firma) -> None:
    id = uuid.uuid4()
    assert firma.preparar(id=id).id == firma.preparar(id=id).id
    assert _contar("pagos_planilla") == 1
    with pytest.raises(PlanillaDistinta):
        firma.preparar(firma.archivo("2000001;Carla Prueba;1;"), id=id)
    with pytest.raises(PlanillaDistinta):
        firma.preparar(id=id, nombre="Aguinaldos")
    with pytest.raises(DatosInvalidos):
        firma.preparar(nombre=" ")


def test_se_aprueba_y_cada_linea_se_paga(firma: Firma) -> None:
    id = firma.presentada()
    hecha = firma.aprobar(id)
    assert (hecha.estado, hecha.pagadas, hecha.pagado, hecha.resuelta_nombre) == (
        "ejecutada",
        2,
        bs("1100.50"),
        "Beto Prueba",
    )
    assert firma.resultados(id) == ["ok", "ok"]
    assert (firma.saldo(), firma.saldo("carla"), firma.saldo("dario")) == (389_950, 10_050, 100_000)
    assert firma.aprobar(id).pagadas == 2
    assert firma.saldo() == 389_950
    entregar_pendientes()
    with transaccion() as sesion:
        avisos = sesion.connection().execute(
            text(
                "SELECT asunto, persona_id IS NULL FROM ciudadania_notificacion "
                "WHERE asunto ~ '^(Falta su|Planilla p|Recibió)' ORDER BY asunto"
            )
        )
        assert [tuple(a) for a in avisos] == [
            ("Falta su firma: Pago de planilla por Bs\xa01.100,50", False),
            ("Planilla pagada: Jornales", True),
            ("Recibió Bs\xa01.000,00", False),
            ("Recibió Bs\xa0100,50", False),
        ]


def test_cada_linea_tiene_su_resultado(firma: Firma) -> None:
    """The second exceeds what a wallet may receive at once, the third finds a closed account."""
    with transaccion() as sesion:
        cerrar(sesion, cuenta_de_persona(sesion, firma.personas["dario"].id))
    id = firma.presentada(
        firma.archivo(
            "2000001;Carla Prueba;2.000;a", "2000001;Carla Prueba;2.000,01;b", "2000002;Dario Prueba;5;"
        )
    )
    hecha = firma.aprobar(id)
    assert firma.resultados(id) == ["ok", "limite_por_transaccion_entrada", "cuenta_credito_cerrada"]
    assert (hecha.pagadas, hecha.pagado) == (1, bs(2000))
    assert (firma.saldo(), firma.saldo("carla")) == (300_000, 200_000)


def test_sin_saldo_se_paga_hasta_donde_alcanza(firma: Firma, con_saldo: Callable[..., int]) -> None:
    id = firma.presentada(
        firma.archivo(
            "1900003;Eva Prueba;2.000;", f"{_inscribir().numero};Otra;4.000;", "2000001;Carla Prueba;1;"
        )
    )
    firma.aprobar(id, diferencias_revisadas=True)
    assert firma.resultados(id) == ["ok", "fondos_insuficientes", "ok"]
    assert firma.saldo() == 299_900


def _inscribir(*mandatos: NuevoMandato, nombre: str = "Otra Cooperativa") -> Any:
    datos = {
        "tipo": "COOPERATIVA",
        "denominacion": nombre,
        "forma_legal": "BO-COOP",
        "municipio_ine": "020101",
        "actividad_ciiu": "1313",
        "direccion": "Plaza",
        "telefono": "70000001",
    }
    quien = Autorizacion.propia(Actor.sistema("prueba"))
    with transaccion() as sesion:
        return inscribir_de_oficio(sesion, quien, datos, mandatos=list(mandatos))


def test_dos_mil_lineas_en_una_llamada(firma: Firma, con_saldo: Callable[..., int]) -> None:
    destino = _inscribir().numero
    lineas = [f"{destino};Otra Cooperativa;1,{n % 100:02};pago {n}" for n in range(2_000)]
    id = firma.presentada(firma.archivo(*lineas))
    hecha = firma.aprobar(id)
    assert (hecha.lineas, hecha.pagadas, hecha.pagado) == (2_000, 2_000, bs(2990))
    assert firma.saldo() == 500_000 - 299_000


def test_quien_prepara_no_decide(firma: Firma) -> None:
    """Who prepared it signed when presenting: signing again is that same signature, one of two."""
    id = firma.presentada()
    with transaccion() as sesion:
        assert planillas.aprobar(sesion, firma.ana, id).estado == "presentada"
        with pytest.raises(SinFacultad, match="puede retirarlo"):
            planillas.rechazar(sesion, firma.ana, id, "no")
        with pytest.raises(PlanillaInexistente):
            planillas.aprobar(sesion, firma.eva, id)
    with transaccion() as sesion, pytest.raises(Prohibido):
        planillas.presentar(sesion, firma.beto, id)
    with transaccion() as sesion, pytest.raises(SinFacultad):
        planillas.preparar(
            sesion,
            firma.eva,
            id=uuid.uuid4(),
            unidad_id=firma.unidad.id,
            nombre="x",
            recibido=Recibido.de_bytes(firma.dos()),
        )
    assert firma.planilla(id).estado == "presentada"
    assert firma.saldo() == 500_000


def test_el_limite_del_mandato_alcanza_a_quien_aprueba(firma: Firma) -> None:
    ana, beto, eva = (firma.personas[n].id for n in ("ana", "beto", "eva"))
    suyos = [
        NuevoMandato((Facultad.PAGAR,), persona_id=ana),
        NuevoMandato((Facultad.PAGAR,), persona_id=beto, monto_limite=bs("1100.49")),
    ]
    sola = firma.preparar(unidad_id=_inscribir(*suyos).id).id
    with pytest.raises(NadieMasFirma, match="solo una persona puede darlas"), transaccion() as sesion:
        planillas.presentar(sesion, firma.ana, sola)
    assert firma.planilla(sola).estado == "preparada"
    limitada = _inscribir(*suyos, NuevoMandato((Facultad.PAGAR,), persona_id=eva), nombre="Tercera")
    id = firma.preparar(unidad_id=limitada.id).id
    with transaccion() as sesion:
        planillas.presentar(sesion, firma.ana, id)
    with pytest.raises(MontoExcedido):
        firma.aprobar(id)
    assert (firma.planilla(id).estado, firma.saldo()) == ("presentada", 500_000)


def test_lo_que_queda_del_dia_alcanza_para_toda_la_planilla_o_no_se_paga(
    firma: Firma, con_saldo: Callable[..., int]
) -> None:
    """The first line would have fitted."""
    ana, beto = firma.personas["ana"], firma.personas["beto"]
    unidad = _inscribir(
        NuevoMandato((Facultad.PAGAR,), persona_id=ana.id),
        NuevoMandato((Facultad.PAGAR,), persona_id=beto.id, limite_dia=bs("1100.49")),
    )
    con_saldo(unidad, "5000.00")
    id = firma.preparar(unidad_id=unidad.id).id
    with transaccion() as sesion:
        planillas.presentar(sesion, firma.ana, id)
    with pytest.raises(LimiteDeMandato, match=r"Hoy le quedan Bs\s1\.100,49"):
        firma.aprobar(id)
    assert firma.planilla(id).estado == "presentada"
    assert firma.resultados(id) == [None, None]
    assert (firma.saldo("carla"), _contar("registro_uso")) == (0, 0)


def test_los_nombres_que_no_coinciden_se_revisan(firma: Firma) -> None:
    id = firma.presentada(firma.archivo("2000001;Otra Persona;10;"))
    with pytest.raises(DiferenciasSinRevisar):
        firma.aprobar(id)
    assert firma.saldo() == 500_000
    assert firma.aprobar(id, diferencias_revisadas=True).pagadas == 1


def test_rechazar_y_anular_no_pagan(firma: Firma) -> None:
    rechazada, anulada = firma.presentada(), firma.presentada(firma.archivo("2000001;Carla Prueba;10;"))
    with transaccion() as sesion:
        with pytest.raises(DatosInvalidos):
            planillas.rechazar(sesion, firma.beto, rechazada, "  ")
        assert planillas.rechazar(sesion, firma.beto, rechazada, "Montos mal").motivo == "Montos mal"
    with transaccion() as sesion:
        with pytest.raises(Prohibido):
            planillas.anular(sesion, firma.beto, anulada)
        planillas.anular(sesion, firma.ana, anulada)
    for id in (rechazada, anulada):
        with pytest.raises(PlanillaNoAdmite):
            firma.aprobar(id)
    assert firma.saldo() == 500_000


def test_dos_aprobaciones_a_la_vez_pagan_una_vez(firma: Firma, crear_persona: Callable[..., Any]) -> None:
    id = firma.presentada()
    barrera = threading.Barrier(4)
    hechas: list[str] = []

    def correr() -> None:
        barrera.wait(timeout=30)
        hechas.append(firma.aprobar(id).estado)

    hilos = [threading.Thread(target=correr) for _ in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)
    assert hechas == ["ejecutada"] * 4
    assert (firma.saldo(), firma.saldo("carla"), firma.saldo("dario")) == (389_950, 10_050, 100_000)
    assert _contar("pagos_transferencia") == 3


def test_aprobar_y_anular_a_la_vez_gana_uno(firma: Firma) -> None:
    id = firma.presentada()
    barrera = threading.Barrier(2)
    fallas: list[str] = []

    def correr(accion: Callable[[Any], Any]) -> None:
        barrera.wait(timeout=30)
        try:
            with transaccion() as sesion:
                accion(sesion)
        except PlanillaNoAdmite as error:
            fallas.append(error.codigo)

    acciones: list[Callable[[Any], Any]] = [
        lambda s: planillas.aprobar(s, firma.beto, id),
        lambda s: planillas.anular(s, firma.ana, id),
    ]
    hilos = [threading.Thread(target=correr, args=(a,)) for a in acciones]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)
    assert fallas == ["planilla_no_admite"]
    pagada = firma.planilla(id).estado == "ejecutada"
    assert firma.saldo() == (389_950 if pagada else 500_000)


def test_cortarse_entre_el_libro_y_el_resultado_no_hace_dano(
    firma: Firma, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the commit: nothing happened. Paid already by the same ids: not paid again."""
    id = firma.presentada()
    original = pagar.transferir

    def cortar(*args: Any, **kwargs: Any) -> Any:
        original(*args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr(pagar, "transferir", cortar)
    with pytest.raises(KeyboardInterrupt):
        firma.aprobar(id)
    assert (firma.saldo(), firma.planilla(id).estado) == (500_000, "presentada")

    def confirmar_aparte(sesion: Any, solicitudes: Any, autorizacion: Any) -> Any:
        with transaccion() as otra:
            original(otra, solicitudes, autorizacion)
        return original(sesion, solicitudes, autorizacion)

    monkeypatch.setattr(pagar, "transferir", confirmar_aparte)
    hecha = firma.aprobar(id)
    assert (hecha.pagadas, firma.saldo(), _contar("pagos_transferencia")) == (2, 389_950, 3)


# --- What the database refuses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("orden", "motivo"),
    [
        (
            "UPDATE pagos_planilla SET estado = 'ejecutada', resuelta_por = gen_random_uuid(), "
            "resuelta_nombre = 'x', resuelta_en = now()",
            "se paga con las firmas de su acto",
        ),
        ("UPDATE pagos_planilla SET acto_id = NULL, estado = 'anulada'", "en un solo acto"),
        ("UPDATE pagos_planilla SET total = 1", "no cambia"),
        ("UPDATE pagos_planilla_linea SET monto = 1", "solo recibe su resultado"),
        ("UPDATE pagos_planilla_linea SET resultado = 'ok'", "no está pagada en el libro"),
        ("DELETE FROM pagos_planilla_linea", "no admite"),
        (
            "INSERT INTO pagos_planilla_linea SELECT gen_random_uuid(), planilla_id, 9, documento, nombre, "
            "registrado, coincide, destino_tipo, destino_id, monto, glosa FROM pagos_planilla_linea",
            "no recibe líneas",
        ),
    ],
)
def test_la_base_no_deja(firma: Firma, duenio: Engine, orden: str, motivo: str) -> None:
    id = firma.presentada()
    with pytest.raises(DBAPIError, match=motivo), duenio.begin() as conexion:
        conexion.execute(text(orden))
    with transaccion() as sesion:
        assert sesion.get_one(Planilla, id).total == bs("1100.50")
