"""The regulator's pages: exact figures, dated rules, freezing, and nobody else gets in."""

from datetime import datetime, time, timedelta
from typing import Any

import psycopg
import pytest

from nucleo.bd import transaccion
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from pagos.supervision import consultas
from pagos.supervision.cierre import cerrar_pendientes
from pagos.supervision.reglas import regla_vigente
from pagos.supervision.tareas import verificar
from tests.pagos.conftest import Libro


@pytest.fixture
def regulador(crear_persona: Any, crear_unidad: Any) -> Any:
    persona = crear_persona("Rosa")
    crear_unidad(
        "Autoridad de Prueba",
        tipo="ENTIDAD_PUBLICA",
        representante=persona,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return persona


LECTURAS = ("/regulador/pagos", "/regulador/pagos/cuentas?buscar=1", "/regulador/pagos/reglas")
ESCRITURAS = (
    "/regulador/pagos/verificar",
    "/regulador/pagos/limites",
    "/regulador/pagos/velocidad",
    "/regulador/pagos/comisiones",
    "/regulador/pagos/cuentas/1/congelar",
    "/regulador/pagos/cuentas/1/descongelar",
)


def test_solo_el_regulador_entra(libro: Libro, crear_persona: Any, sesion_web: Any, cliente: Any) -> None:
    libro.cuenta()
    extranio = sesion_web(crear_persona("Eva"))
    antes = libro.foto()
    for ruta in LECTURAS:
        assert extranio.get(ruta).status_code == 403
        assert cliente.get(ruta).status_code in (303, 401)
    for ruta in ESCRITURAS:
        assert extranio.post(ruta, data={"motivo": "x"}).status_code == 403
        assert cliente.post(ruta, data={"motivo": "x"}).status_code in (303, 401)
    assert libro.foto() == antes
    assert libro.uno("SELECT count(*) FROM pagos_verificacion") == 0


def test_las_cifras_del_dia_y_los_saldos(libro: Libro, regulador: Any, sesion_web: Any, reloj: Any) -> None:
    a, b = libro.cuenta(saldo=10_000), libro.cuenta()
    assert libro.mover(a, b, 2_550) == "ok"
    assert libro.lote({"debito": a, "credito": b, "monto": 100, "tipo": "pendiente"}) == ["ok"]
    navegador = sesion_web(regulador)

    pagina = navegador.get("/regulador/pagos")

    assert pagina.status_code == 200
    assert "Sin verificar" in pagina.text
    assert "los débitos suman Bs\xa0125,50 y los créditos Bs\xa0125,50" in pagina.text
    with transaccion() as sesion:
        dias = consultas.volumen_por_dia(sesion)
        saldos = consultas.saldos_por_clase(sesion)
    assert [(d.contabilizadas, d.suma, d.cerrado) for d in dias[-2:]] == [(0, 0, False), (2, 12_550, False)]
    assert [(s.titular_tipo, s.tipo, s.cuentas, s.saldo, s.en_espera) for s in saldos] == [
        ("persona", "billetera", 3, 10_000, 100),  # the regulator's own, empty
        ("sistema", "ajuste", 1, -10_000, 0),
    ]
    manana = fecha_bolivia() + timedelta(days=1)
    reloj.situar(datetime.combine(manana, time(0, 10), ZONA))
    assert cerrar_pendientes() == 1
    with transaccion() as sesion:
        dias = consultas.volumen_por_dia(sesion)
    assert [(d.contabilizadas, d.suma, d.cerrado) for d in dias[-2:]] == [(2, 12_550, True), (0, 0, False)]


def test_verificar_dice_si_cuadra(libro: Libro, regulador: Any, sesion_web: Any) -> None:
    a = libro.cuenta(saldo=100)
    navegador = sesion_web(regulador)
    assert navegador.post("/regulador/pagos/verificar").status_code == 303
    assert "Cuadra" in navegador.get("/regulador/pagos").text
    libro.corrompido = True
    with psycopg.connect(libro.url_admin, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE pagos_cuenta SET creditos_contabilizados = 101 WHERE id = %s", [a])
    navegador.post("/regulador/pagos/verificar")
    pagina = navegador.get("/regulador/pagos").text
    assert "No cuadra" in pagina
    assert f"totales: cuenta {a}: guarda" in pagina
    assert "partida_doble" in pagina


def test_un_libro_grande_lo_verifica_un_trabajador(
    libro: Libro, regulador: Any, sesion_web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pagos.supervision import web

    libro.cuenta(saldo=100)
    monkeypatch.setattr(web, "AL_MOMENTO", 0)
    navegador = sesion_web(regulador)
    for _ in range(2):
        navegador.post("/regulador/pagos/verificar")
    assert "Hay una verificación pedida" in navegador.get("/regulador/pagos").text
    assert (verificar(), verificar()) == (1, 0)
    assert libro.uno("SELECT count(*) FROM pagos_verificacion") == 1
    assert "Cuadra" in navegador.get("/regulador/pagos").text


def test_agregar_un_limite_cambia_lo_que_el_libro_permite(
    libro: Libro, regulador: Any, sesion_web: Any
) -> None:
    navegador = sesion_web(regulador)
    datos = {
        "nivel": "1",
        "direccion": "salida",
        "por_transaccion": "50",
        "por_dia": "100",
        "norma": "Resolución de prueba 1",
    }
    a, b = libro.cuenta(saldo=100_000, nivel=1), libro.cuenta()
    assert libro.mover(a, b, 5_001) == "ok"
    assert navegador.post("/regulador/pagos/limites", data=datos).status_code == 303
    assert libro.mover(a, b, 5_001) == "limite_por_transaccion_salida"
    assert libro.mover(a, b, 5_000) == "limite_diario_salida"
    assert libro.mover(a, b, 4_999) == "ok"
    pagina = navegador.get("/regulador/pagos/reglas").text
    assert "Resolución de prueba 1" in pagina
    assert pagina.count("Rigió") == 1
    assert libro.uno("SELECT count(*) FROM nucleo_auditoria WHERE accion = 'limite.agregar'") == 1


def test_el_regulador_limita_la_rapidez(libro: Libro, regulador: Any, sesion_web: Any) -> None:
    datos = {
        "nivel": "1",
        "direccion": "salida",
        "cantidad_rapida": "2",
        "minutos_rapidez": "10",
        "norma": "Resolución de prueba 2",
    }
    assert sesion_web(regulador).post("/regulador/pagos/limites", data=datos).status_code == 303
    a, b = libro.cuenta(saldo=100_000, nivel=1), libro.cuenta()
    assert [libro.mover(a, b, 1) for _ in range(3)] == ["ok", "ok", "limite_rapidez_salida"]
    assert "2 pagos en 10 min" in sesion_web(regulador).get("/regulador/pagos/reglas").text


@pytest.mark.parametrize(
    "cambio",
    [
        {"vigente_desde": "2020-01-01"},
        {"vigente_desde": "mañana"},
        {"norma": " "},
        {"nivel": "7"},
        {"direccion": "ambas"},
        {"por_transaccion": "0"},
        {"por_transaccion": "200", "por_dia": "100"},
        {"cantidad_dia": "5", "cantidad_mes": "4"},
        {"cantidad_dia": "-1"},
        {"por_mes": "mucho"},
        {"cantidad_rapida": "3"},
        {"minutos_rapidez": "10"},
        {"cantidad_rapida": "3", "minutos_rapidez": "1441"},
        {"direccion": "entrada", "cantidad_rapida": "3", "minutos_rapidez": "10"},
    ],
)
def test_un_limite_que_no_es_se_explica(
    libro: Libro, regulador: Any, sesion_web: Any, cambio: dict[str, str]
) -> None:
    datos = {"nivel": "1", "direccion": "salida", "por_dia": "100", "norma": "N"} | cambio
    respuesta = sesion_web(regulador).post("/regulador/pagos/limites", data=datos)
    assert respuesta.status_code == 422
    assert "Hay algo que corregir" in respuesta.text
    assert libro.uno("SELECT count(*) FROM pagos_limite") == 22


def test_congelar_y_levantar_con_motivo(
    libro: Libro, regulador: Any, crear_persona: Any, con_saldo: Any, sesion_web: Any
) -> None:
    ana = crear_persona("Ana", ci="1234567")
    cuenta = con_saldo(ana, "10.00")
    navegador = sesion_web(regulador)
    assert "Ana Prueba" in navegador.get("/regulador/pagos/cuentas?buscar=1.234.567").text
    ruta = f"/regulador/pagos/cuentas/{cuenta}"
    assert navegador.post(f"{ruta}/congelar", data={"motivo": " "}).status_code == 422
    assert navegador.post(f"{ruta}/borrar", data={"motivo": "x"}).status_code == 404
    assert libro.mover(cuenta, libro.cuenta(), 1) == "ok"
    assert navegador.post(f"{ruta}/congelar", data={"motivo": "Denuncia 5"}).status_code == 303
    assert libro.mover(cuenta, libro.cuenta(), 1) == "cuenta_debito_congelada"
    pagina = navegador.get("/regulador/pagos").text
    assert "Denuncia 5" in pagina
    asunto = libro.uno("SELECT asunto FROM ciudadania_notificacion WHERE persona_id = %s", ana.id)
    assert asunto == "Su cuenta está congelada"
    assert navegador.post(f"{ruta}/descongelar", data={"motivo": "Se aclaró"}).status_code == 303
    assert navegador.post(f"{ruta}/descongelar", data={"motivo": "Otra vez"}).status_code == 409
    assert libro.mover(cuenta, libro.cuenta(), 1) == "ok"


def test_velocidad_sospechosa(libro: Libro, regulador: Any, sesion_web: Any, reloj: Any) -> None:
    rapida, nueva, normal = (libro.cuenta(saldo=1_000) for _ in range(3))
    conocidas = [libro.cuenta() for _ in range(9)]
    for c in conocidas:  # two days later, `normal` knows them from long ago
        assert libro.mover(normal, c, 1) == "ok"
    reloj.adelantar(timedelta(days=2))
    libro.conexion.execute("SELECT set_config('qhatu.desfase', '2 days', false)")
    otra = libro.cuenta()
    for _ in range(16):
        assert libro.mover(rapida, otra, 1) == "ok"
    for c in conocidas:
        assert libro.mover(nueva, c, 1) == "ok"
        assert libro.mover(normal, c, 1) == "ok"

    with transaccion() as sesion:
        halladas = consultas.velocidad_sospechosa(sesion, regla_vigente(sesion))
    assert [(v.cuenta, v.pagos, v.distintas, v.nuevas) for v in halladas] == [
        (rapida, 16, 1, 1),
        (nueva, 9, 9, 9),
    ]
    navegador = sesion_web(regulador)
    datos = {"ventana_min": "30", "pagos_max": "100", "nuevas_max": "100", "norma_velocidad": "Feria"}
    assert navegador.post("/regulador/pagos/velocidad", data=datos).status_code == 303
    assert "Nadie paga más rápido que la regla" in navegador.get("/regulador/pagos").text
    mala = navegador.post("/regulador/pagos/velocidad", data=datos | {"ventana_min": "0"})
    assert mala.status_code == 422
    with pytest.raises(psycopg.Error, match="no admite"):
        libro.duenio.execute("UPDATE pagos_regla_velocidad SET pagos_max = 1")


def test_reservas_atascadas(libro: Libro, reloj: Any) -> None:
    a, b = libro.cuenta(saldo=1_000), libro.cuenta()
    for plazo in (60, None, 86_400 * 200):
        pedido = {
            "debito": a,
            "credito": b,
            "monto": 1,
            "tipo": "pendiente",
            "plazo": plazo,
        }
        assert libro.lote(pedido) == ["ok"]

    def atascadas() -> int:
        with transaccion() as sesion:
            assert ahora_bd(sesion)
            return len(consultas.pendientes_atascadas(sesion))

    assert atascadas() == 0
    reloj.adelantar(timedelta(minutes=7))
    assert atascadas() == 1
    reloj.adelantar(timedelta(days=30))
    assert atascadas() == 3
