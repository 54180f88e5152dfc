"""The edge that groups requests: each has its own answer, the queue ends, trouble stays with its cause."""

import asyncio
import uuid
from typing import Any

import psycopg
import pytest

from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import de_centavos
from pagos.libro.errores import ColaLlena, TransferenciaEnCurso
from pagos.libro.transferir import Resultado, SolicitudTransferencia
from pagos.via_rapida.carril import Consulta, Portero
from pagos.via_rapida.escritor import CON_PRISA, Escritor
from tests.pagos.conftest import Libro

YO = Autorizacion.propia(Actor.sistema("prueba"))


def pago(debito: int, credito: int, centavos: int, **mas: Any) -> SolicitudTransferencia:
    mas.setdefault("id", uuid.uuid4())
    return SolicitudTransferencia(
        debito=debito, credito=credito, monto=de_centavos(centavos), codigo=1, **mas
    )


def correr(tarea: Any) -> Any:
    """Run `tarea(writer)` on a loop of its own and drop the writer's connection."""

    async def principal() -> Any:
        escritor = Escritor()
        try:
            return await tarea(escritor)
        finally:
            escritor.cerrar()

    return asyncio.run(principal())


def test_muchas_a_la_vez_van_en_pocas_llamadas_y_cada_una_con_su_respuesta(libro: Libro) -> None:
    a, b = libro.cuenta(1_000), libro.cuenta()

    async def tarea(escritor: Escritor) -> tuple[list[Resultado], int]:
        pedidos = [pago(a, b, 100 if i % 2 else 1_001) for i in range(20)]
        return await asyncio.gather(*(escritor.transferir(p, YO) for p in pedidos)), escritor.llamadas

    resultados, llamadas = correr(tarea)

    assert [r.codigo for r in resultados] == ["fondos_insuficientes", "ok"] * 10
    assert llamadas == 1
    assert libro.saldo(b) == 1_000


def test_una_sola_no_espera_a_nadie(libro: Libro) -> None:
    a, b = libro.cuenta(10), libro.cuenta()
    resultado = correr(lambda e: e.transferir(pago(a, b, 10), YO))
    assert resultado.codigo == "ok"
    assert resultado.numero == libro.uno("SELECT max(numero) FROM pagos_transferencia")


def test_la_cola_tiene_fin_y_no_se_pierde_lo_que_entro(libro: Libro) -> None:
    a, b = libro.cuenta(1_000), libro.cuenta()

    async def tarea(escritor: Escritor) -> list[Any]:
        escritor.en_cola_maximo = 5
        return await asyncio.gather(
            *(escritor.transferir(pago(a, b, 1), YO) for _ in range(8)), return_exceptions=True
        )

    respuestas = correr(tarea)

    llenas = [r for r in respuestas if isinstance(r, ColaLlena)]
    assert len(llenas) == 3
    assert llenas[0].estado == 429
    assert llenas[0].cabeceras["Retry-After"] == "1"
    assert libro.saldo(b) == 5


def test_quien_llena_su_parte_de_la_cola_no_cierra_la_puerta_a_los_demas(
    libro: Libro, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pagos.via_rapida.agrupador.POR_LLAMANTE_MAXIMO", 3)
    personas, b = [uuid.uuid4(), uuid.uuid4()], libro.cuenta()
    de = {persona: libro.cuenta(1_000, titular_id=persona) for persona in personas}
    insistente, otro = (Actor(tipo="persona", nombre="", persona_id=persona) for persona in personas)

    async def tarea(escritor: Escritor) -> list[Any]:
        quienes = [insistente] * 5 + [otro]
        respuestas = await asyncio.gather(
            *(
                escritor.transferir(pago(de[quien.persona_id], b, 1), Autorizacion.propia(quien))
                for quien in quienes
                if quien.persona_id
            ),
            return_exceptions=True,
        )
        assert not escritor._de_cada_uno  # nobody is remembered once answered
        return respuestas

    respuestas = correr(tarea)

    assert [type(r) for r in respuestas] == [Resultado] * 3 + [ColaLlena] * 2 + [Resultado]
    assert libro.saldo(b) == 4


def test_un_pedido_envenenado_no_arrastra_a_sus_vecinos(
    libro: Libro, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that makes the whole call fail is found by applying one by one."""
    a, b = libro.cuenta(1_000), libro.cuenta()
    veneno = uuid.uuid4()
    aplicar = Escritor.aplicar

    async def aplicar_con_veneno(self: Escritor, conexion: Any, pedidos: Any) -> Any:
        if any(s.id == veneno for s, _ in pedidos):
            raise psycopg.errors.UniqueViolation("otra transacción usa ese id")
        return await aplicar(self, conexion, pedidos)

    monkeypatch.setattr(Escritor, "aplicar", aplicar_con_veneno)

    async def tarea(escritor: Escritor) -> list[Any]:
        pedidos = [pago(a, b, 1), pago(a, b, 1, id=veneno), pago(a, b, 1)]
        return await asyncio.gather(*(escritor.transferir(p, YO) for p in pedidos), return_exceptions=True)

    primera, envenenada, ultima = correr(tarea)

    assert (primera.codigo, ultima.codigo) == ("ok", "ok")
    assert isinstance(envenenada, TransferenciaEnCurso)
    assert libro.saldo(b) == 2


def test_conexion_cortada_despues_de_confirmar_no_duplica(
    libro: Libro, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst moment: the batch was committed and the answer never came back."""
    a, b = libro.cuenta(1_000), libro.cuenta()
    aplicar = Escritor.aplicar
    veces = 0

    async def cortar(self: Escritor, conexion: Any, pedidos: Any) -> Any:
        nonlocal veces
        veces += 1
        respuesta = await aplicar(self, conexion, pedidos)
        if veces == 1:
            libro.conexion.execute("SELECT pg_terminate_backend(%s, 5000)", [conexion.info.backend_pid])
            await conexion.execute("SELECT 1")
        return respuesta

    monkeypatch.setattr(Escritor, "aplicar", cortar)

    async def tarea(escritor: Escritor) -> list[Any]:
        pedidos = [pago(a, b, 10) for _ in range(5)]
        return await asyncio.gather(*(escritor.transferir(p, YO) for p in pedidos))

    resultados = correr(tarea)

    assert veces == 2
    assert [r.codigo for r in resultados] == ["existe"] * 5
    assert all(r.hecha and r.numero for r in resultados)
    assert libro.saldo(b) == 50


def test_una_cuenta_bloqueada_no_detiene_a_las_demas(libro: Libro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagos.via_rapida.escritor.CON_PRISA", CON_PRISA.replace("'3s'", "'50ms'"))
    a, b, c = libro.cuenta(1_000), libro.cuenta(), libro.cuenta(1_000)

    async def tarea(escritor: Escritor) -> list[Any]:
        await escritor.transferir(pago(c, b, 1), YO)
        return await asyncio.gather(
            *(escritor.transferir(p, YO) for p in (pago(c, b, 1), pago(a, b, 1), pago(c, b, 1))),
            return_exceptions=True,
        )

    with psycopg.connect(libro.url_duenio) as otra:
        otra.execute("SELECT 1 FROM pagos_cuenta WHERE id = %s FOR UPDATE", [a])
        primera, bloqueada, ultima = correr(tarea)

    assert (primera.codigo, ultima.codigo) == ("ok", "ok")
    assert getattr(bloqueada, "estado", None) == 503
    assert libro.saldo(b) == 3


def test_el_portero_resuelve_juntos_los_tokens_buenos_y_ninguno_malo(
    libro: Libro, crear_persona: Any, token_de: Any, con_saldo: Any
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    cuenta, otra = con_saldo(ana, "1.00"), con_saldo(luis, "1.00")
    bueno, de_luis, revocado = token_de(ana), token_de(luis), token_de(ana)
    with psycopg.connect(libro.url, autocommit=True) as conexion:
        conexion.execute(
            "UPDATE ciudadania_token SET revocado_en = now() WHERE id = "
            "(SELECT id FROM ciudadania_token WHERE persona_id = %s "
            "ORDER BY creado_en DESC, id DESC LIMIT 1)",
            [ana.id],
        )

    async def tarea() -> list[Any]:
        portero = Portero()
        try:
            return await asyncio.gather(
                *(
                    portero.pedir(Consulta(token, cuenta, destino), token)
                    for token, destino in ((bueno, otra), (de_luis, 999_999), (revocado, otra), ("x", otra))
                )
            )
        finally:
            portero.cerrar()

    primero, segundo, tercero, cuarto = asyncio.run(tarea())

    assert primero.persona_id == ana.id
    assert primero.debito == ("persona", ana.id)
    assert primero.credito == ("persona", luis.id)
    assert (segundo.persona_id, segundo.credito) == (luis.id, None)
    assert tercero.persona_id is None
    assert cuarto.persona_id is None


def test_un_token_revocado_deja_de_pagar_al_instante(
    nuevo_cliente: Any, libro: Libro, crear_persona: Any, token_de: Any, con_saldo: Any
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    cuenta, otra = con_saldo(ana, "10.00"), con_saldo(luis, "1.00")
    cabeceras = {"Authorization": f"Bearer {token_de(ana)}"}

    def cuerpo() -> dict[str, Any]:
        return {
            "id": str(uuid.uuid4()),
            "debito": cuenta,
            "credito": otra,
            "monto": {"monto": "1.00", "moneda": "BOB"},
        }

    with nuevo_cliente(headers=cabeceras) as navegador:
        assert navegador.post("/api/v1/transferencias", json=cuerpo()).status_code == 201
        libro.conexion.execute("UPDATE ciudadania_token SET revocado_en = now()")
        assert navegador.post("/api/v1/transferencias", json=cuerpo()).status_code == 401
    assert libro.saldo(cuenta) == 900
