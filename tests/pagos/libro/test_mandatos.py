"""The ledger judges who takes from an account and by which mandate, and counts what each mandate used."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from empresa_digital.registro import Facultad, NuevoMandato, mandatos
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import de_centavos
from nucleo.reloj import ahora
from tests.ayudas.personas import atender, nuevo_actor
from tests.pagos.conftest import Libro

SISTEMA = Autorizacion.propia(Actor.sistema("prueba"))


class Casa:
    """A unit with Bs 1.000, who pays for it by a limited mandate, and somebody to pay."""

    def __init__(
        self, libro: Libro, crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any]
    ) -> None:
        self.libro = libro
        self.ana = crear_persona("Ana")
        self.unidad = crear_unidad("Tejidos", representante=crear_persona("Dueña"))
        self.cuenta = libro.cuenta(100_000, titular_id=self.unidad.id, titular_tipo="unidad", tipo="comercio")
        self.otra = libro.cuenta()
        self.meses = 0
        self.mandato = self.otorgar(self.ana, acto=500, dia=1_000, mes=1_500)

    def otorgar(
        self,
        persona: Any = None,
        *,
        a: Any = None,
        de: Any = None,
        facultades: tuple[Facultad, ...] = (Facultad.PAGAR,),
        acto: int | None = None,
        dia: int | None = None,
        mes: int | None = None,
        delegado_de: uuid.UUID | None = None,
        **mas: Any,
    ) -> uuid.UUID:
        """A mandate of the unit (of `de`) for a person (for the unit `a`), in centavos."""
        nuevo = NuevoMandato(
            facultades=facultades,
            persona_id=persona and persona.id,
            unidad_id=a and a.id,
            monto_limite=None if acto is None else de_centavos(acto),
            limite_dia=None if dia is None else de_centavos(dia),
            limite_mes=None if mes is None else de_centavos(mes),
            **mas,
        )
        with transaccion() as sesion:
            unidad = bloquear_unidad(sesion, (de or self.unidad).id)
            return otorgar_con(sesion, unidad, SISTEMA, nuevo, delegado_de=delegado_de).id

    def revocar(self, mandato: uuid.UUID, *, hace_s: int = 1) -> None:
        self.libro.duenio.execute(
            "UPDATE registro_mandato SET revocado_motivo = 'x', "
            "revocado_en = greatest(valido_desde, nucleo_ahora() - make_interval(secs => %s)) WHERE id = %s",
            [hace_s, mandato],
        )

    def pedido(self, monto: int = 100, **mas: Any) -> dict[str, Any]:
        base = {"debito": self.cuenta, "credito": self.otra, "monto": monto}
        base |= {"quien": self.ana.id, "unidad": self.unidad.id, "mandato": self.mandato}
        return base | mas

    def paga(self, monto: int = 100, **mas: Any) -> str:
        return self.libro.lote(self.pedido(monto, **mas))[0]

    def usado(self, mandato: uuid.UUID | None = None) -> tuple[int, int]:
        fila = self.libro.conexion.execute(
            "SELECT usado_dia, usado_mes FROM registro_usado(%s, nucleo_ahora())", [mandato or self.mandato]
        ).fetchone()
        assert fila is not None
        suma = self.libro.uno(
            "SELECT coalesce(sum(monto), 0)::bigint FROM registro_uso WHERE mandato_id = %s",
            mandato or self.mandato,
        )
        assert suma == fila[1]
        return fila

    def foto(self) -> Any:
        usos = self.libro.conexion.execute("SELECT * FROM registro_uso ORDER BY numero").fetchall()
        return [*self.libro.foto(), usos]


@pytest.fixture
def casa(libro: Libro, crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any]) -> Casa:
    return Casa(libro, crear_persona, crear_unidad)


# --- Limits -----------------------------------------------------------------------------------------------


def test_pagos_seguidos_bajo_el_limite_por_acto_topan_con_el_del_dia(casa: Casa) -> None:
    assert [casa.paga(499) for _ in range(3)] == ["ok", "ok", "limite_de_mandato_dia"]
    assert casa.libro.saldo(casa.otra) == 998
    assert casa.usado() == (998, 998)
    assert casa.paga(2) == "ok"  # exactly the limit
    assert casa.paga(1) == "limite_de_mandato_dia"


def test_el_dia_y_el_mes_son_los_de_bolivia_y_empiezan_de_nuevo(casa: Casa) -> None:
    mediodia = casa.libro.uno(  # of the 10th of the month that comes, in Bolivia
        "SELECT extract(epoch FROM (date_trunc('month', now() AT TIME ZONE 'America/La_Paz') "
        "+ interval '1 month 9 days 12 hours') AT TIME ZONE 'America/La_Paz' - now())::float"
    )

    def paga(monto: int, horas: float) -> str:
        return casa.libro.lote(casa.pedido(monto), desfase=f"{mediodia + horas * 3600} s")[0]

    assert [paga(m, 0) for m in (500, 500, 1)] == ["ok", "ok", "limite_de_mandato_dia"]
    assert [paga(m, 11.99) for m in (1,)] == ["limite_de_mandato_dia"]
    assert [paga(m, 12.01) for m in (500, 1)] == ["ok", "limite_de_mandato_mes"]
    assert [paga(m, 24 * 21) for m in (1, 500)] == ["limite_de_mandato_mes", "limite_de_mandato_mes"]
    assert [paga(m, 24 * 24) for m in (500, 500, 1)] == ["ok", "ok", "limite_de_mandato_dia"]


@pytest.mark.parametrize("como", ["sola", "en lote"])
@pytest.mark.parametrize(
    ("esperado", "cambio"),
    [
        ("sin_mandato", lambda c: {"mandato": None, "unidad": None}),
        ("sin_mandato", lambda c: {"mandato": None, "quien": uuid.uuid4()}),
        ("mandato_ajeno", lambda c: {"mandato": uuid.uuid4()}),
        ("mandato_ajeno", lambda c: {"quien": uuid.uuid4()}),
        ("mandato_ajeno", lambda c: {"quien": None}),
        ("mandato_ajeno", lambda c: {"unidad": uuid.uuid4()}),
        ("mandato_ajeno", lambda c: {"propio": c.mandato}),
        ("mandato_no_vigente", lambda c: {"mandato": c.otorgar(c.ana, desde=ahora() + timedelta(days=1))}),
        ("mandato_sin_facultad", lambda c: {"mandato": c.otorgar(c.ana, facultades=(Facultad.VENDER,))}),
        ("limite_de_mandato_acto", lambda c: {"monto": 501}),
        ("limite_de_mandato_dia", lambda c: {"mandato": c.otorgar(c.ana, dia=99)}),
        ("limite_de_mandato_mes", lambda c: {"mandato": c.otorgar(c.ana, mes=99)}),
    ],
)
def test_se_niega_y_no_cambia_nada(
    casa: Casa, esperado: str, cambio: Callable[[Casa], dict[str, Any]], como: str
) -> None:
    pedido = casa.pedido(**cambio(casa))
    antes = casa.foto()
    if como == "sola":
        assert casa.libro.lote(pedido) == [esperado]
    else:
        assert casa.libro.lote(pedido, pedido | {"id": uuid.uuid4(), "tipo": "pendiente"}) == [esperado] * 2
    assert casa.foto() == antes


def test_con_la_cuenta_de_otra_persona_nadie_paga(casa: Casa) -> None:
    cuenta = casa.libro.cuenta(1_000)
    titular = casa.libro.uno("SELECT titular_id FROM pagos_cuenta WHERE id = %s", cuenta)
    antes = casa.foto()
    for quien in (
        {"quien": casa.ana.id},
        {"quien": casa.ana.id, "mandato": casa.mandato, "unidad": casa.unidad.id},
    ):
        assert casa.libro.lote({"debito": cuenta, "credito": casa.otra, "monto": 1} | quien) == [
            "cuenta_debito_ajena"
        ]
    assert casa.foto() == antes
    assert casa.libro.mover(cuenta, casa.otra, 1, quien=titular) == "ok"
    assert casa.libro.mover(cuenta, casa.otra, 1) == "ok"  # the platform itself


def test_un_programa_de_la_unidad_paga_y_el_de_otra_no(casa: Casa, crear_unidad: Callable[..., Any]) -> None:
    from ciudadania.clientes import crear_cliente, revocar_cliente

    ajena = crear_unidad("Otra")
    with transaccion() as sesion:
        suyo, ajeno, sin_alcance = (
            crear_cliente(sesion, SISTEMA.actor, f"p{i}", unidad_id=u, alcances=a)[0].id
            for i, (u, a) in enumerate(
                ((casa.unidad.id, ("pagos",)), (ajena.id, ("pagos",)), (casa.unidad.id, ("envios",)))
            )
        )
    pedido = casa.pedido(mandato=None)
    assert casa.libro.lote(pedido | {"quien": suyo}) == ["ok"]
    assert casa.libro.lote(pedido | {"quien": ajeno, "id": uuid.uuid4()}) == ["sin_mandato"]
    assert casa.libro.lote(pedido | {"quien": sin_alcance, "id": uuid.uuid4()}) == ["sin_mandato"]
    with transaccion() as sesion:
        revocar_cliente(sesion, SISTEMA.actor, suyo, "Ya no se usa")
    assert casa.libro.lote(pedido | {"quien": suyo, "id": uuid.uuid4()}) == ["sin_mandato"]


def test_revocado_no_mueve_nada_mas_y_lo_ya_hecho_se_repite_sin_usar_dos_veces(casa: Casa) -> None:
    hecho = casa.pedido(300, id=uuid.uuid4())
    assert casa.libro.lote(hecho) == ["ok"]
    assert casa.libro.lote(hecho) == ["existe"]
    casa.revocar(casa.mandato)
    assert casa.libro.lote(hecho, casa.pedido(1)) == ["existe", "mandato_no_vigente"]
    assert casa.usado() == (300, 300)


# --- What comes back ----------------------------------------------------------------------------------------


def test_lo_reservado_cuenta_y_lo_que_no_se_usa_vuelve(casa: Casa) -> None:
    uno, dos = uuid.uuid4(), uuid.uuid4()
    assert casa.paga(500, tipo="pendiente", id=uno) == "ok"
    assert casa.paga(500, tipo="pendiente", id=dos, plazo=60) == "ok"
    assert casa.paga(1) == "limite_de_mandato_dia"
    assert casa.libro.lote({"tipo": "confirma", "pendiente": uno, "monto": 180}) == ["ok"]
    assert casa.usado() == (680, 680)
    assert casa.libro.lote({"tipo": "anula", "pendiente": dos}) == ["ok"]
    assert casa.usado() == (180, 180)
    assert casa.libro.lote({"tipo": "anula", "pendiente": dos}) == ["pendiente_ya_anulada"]
    assert casa.usado() == (180, 180)


def test_lo_que_vence_vuelve_aunque_el_mandato_ya_no_valga(casa: Casa) -> None:
    assert casa.paga(500, tipo="pendiente", plazo=60) == "ok"
    casa.revocar(casa.mandato)
    casa.libro.conexion.execute("SELECT set_config('qhatu.desfase', '61 s', false)")
    assert casa.libro.uno("SELECT pagos_vencer()") == 1
    casa.libro.conexion.execute("SELECT set_config('qhatu.desfase', '', false)")
    assert casa.usado() == (0, 0)


def test_una_devolucion_devuelve_lo_usado_y_no_mas(casa: Casa) -> None:
    pago = uuid.uuid4()
    assert casa.paga(500, id=pago) == "ok"
    vuelve = {"debito": casa.otra, "credito": casa.cuenta, "codigo": 100, "referencia": pago}
    assert casa.libro.lote(vuelve | {"monto": 200}) == ["ok"]
    assert casa.usado() == (300, 300)
    assert (
        casa.libro.lote(vuelve | {"monto": 300}, vuelve | {"monto": 1, "debito": casa.libro.cuenta(1)})
        == ["ok"] * 2
    )
    assert casa.usado() == (0, 0)
    reserva, operacion = uuid.uuid4(), uuid.uuid4()
    assert casa.paga(400, tipo="pendiente", id=reserva, referencia=operacion) == "ok"
    assert casa.libro.lote({"tipo": "confirma", "pendiente": reserva, "referencia": operacion}) == ["ok"]
    assert casa.libro.lote(vuelve | {"monto": 400, "referencia": operacion}) == ["ok"]
    assert casa.usado() == (0, 0)


def test_una_cadena_que_falla_no_usa_nada(casa: Casa) -> None:
    antes = casa.foto()
    assert casa.libro.lote(
        casa.pedido(400, enlazada=True), casa.pedido(400, enlazada=True, tipo="pendiente"), casa.pedido(400)
    ) == ["cadena_fallida", "cadena_fallida", "limite_de_mandato_dia"]
    assert casa.foto() == antes
    ids = [uuid.uuid4(), uuid.uuid4()]
    fallida = [casa.pedido(400, id=ids[0], enlazada=True), casa.pedido(700, id=ids[1])]
    assert casa.libro.lote(*fallida, casa.pedido(500), casa.pedido(500)) == [
        "cadena_fallida", "limite_de_mandato_acto", "ok", "ok",
    ]  # fmt: skip
    assert casa.usado() == (1_000, 1_000)


# --- Chains of mandates ---------------------------------------------------------------------------------


def test_por_una_oficina_se_juzgan_y_se_usan_los_dos_mandatos(
    casa: Casa, crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any]
) -> None:
    oficina, eva = crear_unidad("Estudio"), crear_persona("Eva")
    del_cliente = casa.otorgar(a=oficina, dia=1_000)
    de_eva = casa.otorgar(eva, de=oficina, dia=600)
    with transaccion() as sesion:
        atender(sesion, del_cliente, eva)
    por_oficina = {"quien": eva.id, "mandato": del_cliente, "propio": de_eva}
    assert casa.paga(600, **por_oficina) == "ok"
    assert (casa.usado(del_cliente), casa.usado(de_eva)) == ((600, 600), (600, 600))
    assert casa.paga(1, **por_oficina) == "limite_de_mandato_dia"
    assert casa.paga(1, **por_oficina | {"propio": None}) == "mandato_ajeno"
    assert casa.libro.uno("SELECT mandato_propio FROM pagos_transferencia WHERE quien = %s", eva.id) == de_eva
    otra = crear_persona("Rosa")
    por_otra = {"quien": otra.id, "mandato": del_cliente, "propio": casa.otorgar(otra, de=oficina)}
    assert casa.paga(1, **por_otra) == "mandato_no_vigente"  # not assigned to this client
    with transaccion() as sesion:
        atender(sesion, del_cliente, otra)
    assert casa.paga(401, **por_otra) == "limite_de_mandato_dia"
    assert casa.paga(400, **por_otra) == "ok"
    sin_pagar = casa.otorgar(otra, de=oficina, facultades=(Facultad.TRAMITAR,))
    assert casa.paga(1, **por_otra | {"propio": sin_pagar}) == "mandato_sin_facultad"
    casa.revocar(por_otra["propio"])
    assert casa.paga(1, **por_otra) == "mandato_no_vigente"


def test_lo_que_usa_quien_recibio_de_otro_lo_usa_tambien_el_otro(
    casa: Casa, crear_persona: Callable[..., Any]
) -> None:
    origen = casa.otorgar(casa.ana, dia=1_000, subdelegable=True)
    luis, eva = crear_persona("Luis"), crear_persona("Eva")
    de_luis = casa.otorgar(luis, dia=800, delegado_de=origen)
    de_eva = casa.otorgar(eva, dia=800, delegado_de=origen)
    assert casa.paga(800, quien=luis.id, mandato=de_luis) == "ok"
    assert casa.paga(201, quien=eva.id, mandato=de_eva) == "limite_de_mandato_dia"
    assert casa.paga(200, quien=eva.id, mandato=de_eva) == "ok"
    assert casa.paga(1, mandato=origen) == "limite_de_mandato_dia"
    assert [casa.usado(m) for m in (origen, de_luis, de_eva)] == [(1_000,) * 2, (800,) * 2, (200,) * 2]


def test_quien_tiene_un_limite_no_lo_multiplica_otorgando(
    casa: Casa, crear_persona: Callable[..., Any]
) -> None:
    """Up to Bs 10 a day, who names two more, one through the other, has Bs 10 a day with them."""
    luis, eva = crear_persona("Luis"), crear_persona("Eva")
    de_ana = casa.otorgar(casa.ana, dia=1_000, facultades=(Facultad.ADMINISTRAR,))

    def nombra(quien: Any, a: Any) -> uuid.UUID:
        nuevo = NuevoMandato((Facultad.ADMINISTRAR,), persona_id=a.id, limite_dia=de_centavos(1_000))
        with transaccion() as sesion:
            dado = mandatos.otorgar_mandato(sesion, nuevo_actor(quien), casa.unidad.id, nuevo).id
            mandatos.aceptar_mandato(sesion, nuevo_actor(a), dado)
        return dado

    de_luis = nombra(casa.ana, luis)
    de_eva = nombra(luis, eva)
    assert casa.paga(400, mandato=de_ana) == "ok"
    assert casa.paga(400, quien=luis.id, mandato=de_luis) == "ok"
    assert casa.paga(201, quien=eva.id, mandato=de_eva) == "limite_de_mandato_dia"
    assert casa.paga(200, quien=eva.id, mandato=de_eva) == "ok"
    assert [casa.usado(m)[0] for m in (de_ana, de_luis, de_eva)] == [1_000, 600, 200]
    assert casa.paga(1, mandato=de_ana) == "limite_de_mandato_dia"


# --- What the application's role may not -----------------------------------------------------------------


@pytest.mark.parametrize(
    "orden",
    [
        "INSERT INTO registro_uso (mandato_id, acto, creado_en, dia, monto, caso) "
        "SELECT id, gen_random_uuid(), now(), now(), -1000, 'pago' FROM registro_mandato",
        "DELETE FROM registro_uso",
        "UPDATE registro_uso SET monto = 1",
        "UPDATE registro_mandato SET limite_dia = 1000000, limite_mes = NULL",
        "UPDATE registro_caso_de_uso SET acumula = false, vuelve = NULL",
        "SELECT registro_devolver_uso(acto, NULL, now()) FROM registro_uso",
        "SELECT registro_anotar_uso(id, NULL, 'pago', gen_random_uuid(), 5, now()) FROM registro_mandato",
    ],
)
def test_la_aplicacion_no_escribe_el_uso_ni_los_limites(casa: Casa, orden: str) -> None:
    assert casa.paga(400) == "ok"
    antes = casa.foto()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        casa.libro.conexion.execute(orden)
    assert casa.foto() == antes


@pytest.mark.parametrize(
    "orden",
    [
        "SELECT registro_devolver_compromiso(acto, NULL) FROM registro_uso",
        "SELECT registro_usar_mandato(mandato_id, NULL, NULL, NULL, 'pago', gen_random_uuid(), 5) "
        "FROM registro_uso",
    ],
)
def test_el_uso_del_libro_no_se_anota_desde_fuera(casa: Casa, orden: str) -> None:
    assert casa.paga(400) == "ok"
    antes = casa.foto()
    with pytest.raises(psycopg.errors.CheckViolation):
        casa.libro.conexion.execute(orden)
    assert casa.foto() == antes
