"""A day of matters against the same transfers between old accounts: `python -m bench asuntos`.

Each matter is two transactions, as a room has them: it opens its account and a wallet pays in; later the
money goes out to a seller and the account is closed. Beside it, in the same run, the same two transfers, each
in its own transaction, through accounts that were there before. `QHATU_BENCH_ASUNTOS` matters in all, in
rounds, each between two measurements of the old ones; what else the machine does weighs on both.
"""

import os

import psycopg

from bench.apoyo import SEGUNDOS, Banco, Fila, abrir_cuentas, banco, mediana, verificar

ASUNTOS = int(os.environ.get("QHATU_BENCH_ASUNTOS", "100000"))
RONDAS = 5
CONEXIONES = 8
VIEJAS = 10_000
OBJETIVO = 0.4

_TRANSFERIR = """SELECT codigos, numeros, instante FROM pagos_transferir(ARRAY[gen_random_uuid()],
    ARRAY[:{de}::bigint], ARRAY[:{a}::bigint], ARRAY[1::bigint], ARRAY[{codigo}::smallint],
    ARRAY[1::smallint], ARRAY[false], NULL, NULL, NULL, NULL, NULL, NULL, NULL);"""

NUEVO = f"""
\\set d random({{primera}}, {{ultima}} - 1)
\\set v :d + 1
BEGIN;
SELECT u.id AS asunto, c.cuenta AS cuenta FROM (SELECT gen_random_uuid() AS id OFFSET 0) u,
    pagos_cuenta_de_asunto('medida', u.id) c \\gset
{_TRANSFERIR.format(de="d", a="cuenta", codigo=3)}
COMMIT;
BEGIN;
{_TRANSFERIR.format(de="cuenta", a="v", codigo=111)}
SELECT pagos_cerrar_asunto('medida', :asunto);
COMMIT;
"""
VIEJO = f"""
\\set d random({{primera}}, {{ultima}} - 1)
\\set v :d + 1
\\set cuenta random({{vieja}}, {{vieja}} + {VIEJAS - 1})
BEGIN;
{_TRANSFERIR.format(de="d", a="cuenta", codigo=3)}
COMMIT;
BEGIN;
{_TRANSFERIR.format(de="cuenta", a="v", codigo=111)}
COMMIT;
"""


def medir() -> list[Fila]:
    with banco() as b:
        primera, ultima, _tesoro = abrir_cuentas(b)
        vieja = _abrir_viejas(b)
        datos = {"primera": primera, "ultima": ultima, "vieja": vieja}
        nuevo, viejo = NUEVO.format(**datos), VIEJO.format(**datos)
        cifras, razones = [], []
        antes = b.pgbench(viejo, CONEXIONES, SEGUNDOS)
        for _ in range(RONDAS):
            cifra = b.pgbench(nuevo, CONEXIONES, veces=ASUNTOS // RONDAS // CONEXIONES)
            despues = b.pgbench(viejo, CONEXIONES, SEGUNDOS)
            cifras.append(cifra)
            razones.append(2 * cifra / (antes + despues))
            antes = despues
        hechos = _contar(b)
        assert hechos >= ASUNTOS // RONDAS // CONEXIONES * RONDAS * CONEXIONES, hechos
        print(f"  {verificar(b)}")
        nota = f"{min(razones):.2f} a {max(razones):.2f}; {hechos:,} abiertos, movidos dos veces y cerrados"
        return [
            Fila("un día de asuntos contra cuentas viejas", mediana(cifras), mediana(razones), OBJETIVO, nota)
        ]


def _abrir_viejas(b: Banco) -> int:
    """Accounts of matters that live on, with consecutive ids; the first."""
    with psycopg.connect(b.url_dueno, autocommit=True) as conexion:
        fila = conexion.execute(
            "SELECT min(c.cuenta), max(c.cuenta) FROM generate_series(1, %s::integer) n, "
            "LATERAL pagos_cuenta_de_asunto('vieja', md5(n::text)::uuid) c",
            [VIEJAS],
        ).fetchone()
    assert fila is not None
    assert fila[1] - fila[0] == VIEJAS - 1
    return int(fila[0])


def _contar(b: Banco) -> int:
    """Matters of the day: each closed and empty, none left open."""
    with psycopg.connect(b.url, autocommit=True) as conexion:
        fila = conexion.execute(
            "SELECT count(*) FILTER (WHERE cerrada AND creditos_contabilizados = 1 "
            "AND debitos_contabilizados = 1), count(*) FROM pagos_cuenta WHERE asunto = 'medida'"
        ).fetchone()
    assert fila is not None
    assert fila[0] == fila[1], fila
    return int(fila[0])


if __name__ == "__main__":
    from bench.__main__ import imprimir

    imprimir([("asuntos", f) for f in medir()])
